package io.cacheoperator.simulator.elasticache;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parameters of every family, with what AWS tells about each. */
final class ParameterCatalogue {
    /**
     * A parameter of a family.
     *
     * @param allowed as AWS writes it: values and ranges between commas, such as {@code 0,20-}; empty for anything
     */
    record ParameterDefinition(
            String name,
            String dataType,
            String defaultValue,
            String allowed,
            boolean modifiable,
            String changeType,
            String minimumVersion,
            String description) {
        boolean requiresReboot() {
            return changeType.equals("requires-reboot");
        }

        /** Whether a value is one of the allowed ones. */
        boolean allows(String value) {
            boolean typed = switch (dataType) {
                case "integer" -> value.matches("-?[0-9]{1,18}");
                case "float" -> value.matches("[0-9]+(\\.[0-9]+)?");
                default -> true;
            };
            if (!typed) {
                return false;
            }
            return name.equals("rename-commands")
                    || allowed.isEmpty()
                    || Stream.of(allowed.split(",")).anyMatch(term -> matches(term, value));
        }

        private boolean matches(String term, String value) {
            if (term.equals(value) || term.matches("-?[0-9]+")) {
                return term.equals(value);
            }
            Matcher range = RANGE.matcher(term);
            if (!range.matches() || !value.matches("-?[0-9]+(\\.[0-9]+)?")) {
                return false;
            }
            double number = Double.parseDouble(value);
            return (range.group(1).isEmpty() || number >= Double.parseDouble(range.group(1)))
                    && (range.group(2).isEmpty() || number <= Double.parseDouble(range.group(2)));
        }
    }

    private static final int COLUMNS = 10;
    private static final Pattern RANGE = Pattern.compile("(-?[0-9]*)-([0-9]*)");
    private static final Map<Family, SortedMap<String, ParameterDefinition>> ALL =
            Stream.of(Family.values()).collect(Collectors.toMap(family -> family, ParameterCatalogue::read));

    private ParameterCatalogue() {}

    /** The parameters of a family, sorted by name. */
    static List<ParameterDefinition> of(Family family) {
        return List.copyOf(byName(family).values());
    }

    static Optional<ParameterDefinition> find(Family family, String name) {
        return Optional.ofNullable(byName(family).get(name));
    }

    private static SortedMap<String, ParameterDefinition> byName(Family family) {
        SortedMap<String, ParameterDefinition> definitions = ALL.get(family);
        return definitions == null ? new TreeMap<>() : definitions;
    }

    private static SortedMap<String, ParameterDefinition> read(Family family) {
        SortedMap<String, ParameterDefinition> definitions = new TreeMap<>();
        for (List<String> row : PipedTable.read("parameters.psv", COLUMNS)) {
            Family first = Family.of(row.get(1));
            Family last = Family.of(row.get(2));
            if (family.compareTo(first) >= 0 && family.compareTo(last) <= 0) {
                definitions.put(row.get(0), definition(family, row));
            }
        }
        return definitions;
    }

    private static ParameterDefinition definition(Family family, List<String> row) {
        String minimum = row.get(8);
        boolean ownMinimum = !minimum.isEmpty() && EngineVersions.compare(minimum, family.firstVersion()) > 0;
        return new ParameterDefinition(
                row.get(0),
                row.get(3),
                row.get(4),
                row.get(5),
                row.get(6).equals("modifiable"),
                row.get(7),
                ownMinimum ? minimum : family.firstVersion(),
                row.get(9));
    }
}
