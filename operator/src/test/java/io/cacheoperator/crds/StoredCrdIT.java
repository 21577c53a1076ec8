package io.cacheoperator.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cacheoperator.apiserver.ApiServer;
import io.cacheoperator.apiserver.RequiresApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the API server stores of the committed CRD is what the file says: a tool that compares the two sees no difference. */
@RequiresApiServer
class StoredCrdIT {

    @Test
    void everythingInTheFileIsStoredAsItStandsThere(ApiServer server) throws IOException {
        JsonNode file = new ObjectMapper(new YAMLFactory())
                .readTree(Files.readString(GeneratedFile.root().resolve(CacheClusterCrd.FILE)));
        try (InstalledCrd installed = InstalledCrd.on(server)) {
            assertThat(installed.namespace()).isNotEmpty();
        }
        JsonNode stored = new JsonMapper()
                .readTree(server.kubectl()
                        .run("get", "crd", file.at("/metadata/name").asText(), "-o", "json")
                        .expectSuccess());

        List<String> changed = new ArrayList<>();
        compare("spec", file.path("spec"), stored.path("spec"), changed);
        assertThat(changed).isEmpty();
    }

    /** What the server adds, such as names derived from others, was not applied and is nobody's difference. */
    private static void compare(String path, JsonNode file, JsonNode stored, List<String> changed) {
        if (file.isObject() && stored.isObject()) {
            file.properties()
                    .forEach(field -> compare(
                            path + "." + field.getKey(), field.getValue(), stored.path(field.getKey()), changed));
        } else if (file.isArray() && stored.isArray() && file.size() == stored.size()) {
            for (int i = 0; i < file.size(); i++) {
                compare(path + "[" + i + "]", file.get(i), stored.get(i), changed);
            }
        } else if (!file.equals(stored)) {
            changed.add("%s: %s became %s".formatted(path, file, stored.isMissingNode() ? "nothing" : stored));
        }
    }
}
