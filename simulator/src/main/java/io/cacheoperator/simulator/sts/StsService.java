package io.cacheoperator.simulator.sts;

import io.cacheoperator.simulator.iam.Principal;
import io.cacheoperator.simulator.iam.Principals;
import io.cacheoperator.simulator.service.AwsError;
import io.cacheoperator.simulator.service.AwsService;
import io.cacheoperator.simulator.service.Call;
import io.cacheoperator.simulator.service.Operations;
import io.cacheoperator.simulator.service.ServiceDescription;
import io.cacheoperator.simulator.world.Arn;
import io.cacheoperator.simulator.world.IdSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityRequest;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityRequest;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.GetSessionTokenRequest;
import software.amazon.awssdk.services.sts.model.GetSessionTokenResponse;

/**
 * STS, as the credential chains of SDKs need it. Every role exists and may be assumed by everyone; web identity tokens are not
 * verified.
 */
public final class StsService implements AwsService {
    private static final ServiceDescription DESCRIPTION =
            ServiceDescription.query("sts", "2011-06-15", "https://sts.amazonaws.com/doc/2011-06-15/");
    private static final Pattern ROLE = Pattern.compile("arn:[^:]+:iam::([0-9]{12}):role/(?:.*/)?([\\w+=,.@-]{1,64})");
    private static final Pattern SESSION = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final int SHORTEST_SESSION = 2;
    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;
    private static final int HOUR = 3600;
    private static final int KEY_DIGITS = 16;
    private static final int SECRET_DIGITS = 32;

    private final Principals principals;
    private final InstantSource realTime;
    private final IdSource ids = new IdSource("sts");
    private final Operations operations = Operations.builder()
            .add("GetCallerIdentity", GetCallerIdentityRequest::builder, this::callerIdentity)
            .add("GetSessionToken", GetSessionTokenRequest::builder, this::sessionToken)
            .add("AssumeRole", AssumeRoleRequest::builder, this::assumeRole)
            .add("AssumeRoleWithWebIdentity", AssumeRoleWithWebIdentityRequest::builder, this::assumeByToken)
            .build();

    /**
     * STS over the principals that callers are known by.
     *
     * @param realTime when credentials expire is judged by clients on their own clocks, so it is real time, not the world's
     */
    public StsService(Principals principals, InstantSource realTime) {
        this.principals = principals;
        this.realTime = realTime;
    }

    @Override
    public ServiceDescription description() {
        return DESCRIPTION;
    }

    @Override
    public Operations operations() {
        return operations;
    }

    private GetCallerIdentityResponse callerIdentity(GetCallerIdentityRequest request, Call call) {
        Principal caller = principals.of(call.accessKeyId());
        return GetCallerIdentityResponse.builder()
                .account(caller.account())
                .arn(caller.arn())
                .userId(caller.userId())
                .build();
    }

    private GetSessionTokenResponse sessionToken(GetSessionTokenRequest request, Call call) {
        Principal caller = principals.of(call.accessKeyId());
        return GetSessionTokenResponse.builder()
                .credentials(credentials(caller, request.durationSeconds(), LONGEST))
                .build();
    }

    private AssumeRoleResponse assumeRole(AssumeRoleRequest request, Call call) {
        Principal role = assumed(request.roleArn(), request.roleSessionName());
        return AssumeRoleResponse.builder()
                .credentials(credentials(role, request.durationSeconds(), HOUR))
                .assumedRoleUser(user(role))
                .build();
    }

    private AssumeRoleWithWebIdentityResponse assumeByToken(AssumeRoleWithWebIdentityRequest request, Call call) {
        if (request.webIdentityToken() == null || request.webIdentityToken().isEmpty()) {
            throw constraint("webIdentityToken", "", "Member must not be null");
        }
        Principal role = assumed(request.roleArn(), request.roleSessionName());
        return AssumeRoleWithWebIdentityResponse.builder()
                .credentials(credentials(role, request.durationSeconds(), HOUR))
                .assumedRoleUser(user(role))
                .subjectFromWebIdentityToken("simulator")
                .build();
    }

    private static AssumedRoleUser user(Principal role) {
        return AssumedRoleUser.builder()
                .arn(role.arn())
                .assumedRoleId(role.userId())
                .build();
    }

    private Principal assumed(@Nullable String roleArn, @Nullable String session) {
        String arn = Optional.ofNullable(roleArn).orElse("");
        Matcher role = ROLE.matcher(arn);
        if (!role.matches()) {
            throw AwsError.badRequest("ValidationError", arn + " is invalid");
        }
        if (session != null && session.length() < SHORTEST_SESSION) {
            throw constraint(
                    "roleSessionName", session, "Member must have length greater than or equal to " + SHORTEST_SESSION);
        }
        if (session == null || !SESSION.matcher(session).matches()) {
            throw constraint(
                    "roleSessionName",
                    String.valueOf(session),
                    "Member must satisfy regular expression pattern: [\\w+=,.@-]*");
        }
        String resource = "assumed-role/" + role.group(2) + "/" + session;
        String assumedArn = new Arn(Arn.parse(arn).partition(), "sts", "", role.group(1), resource).toString();
        String roleId = "AROA" + ids.hex(arn, KEY_DIGITS).toUpperCase(Locale.ROOT);
        return new Principal(role.group(1), assumedArn, roleId + ":" + session);
    }

    private Credentials credentials(Principal principal, @Nullable Integer asked, int otherwise) {
        int seconds = asked == null ? otherwise : asked;
        if (seconds < SHORTEST || seconds > LONGEST) {
            String bound =
                    seconds < SHORTEST ? "greater than or equal to " + SHORTEST : "less than or equal to " + LONGEST;
            throw constraint("durationSeconds", String.valueOf(seconds), "Member must have value " + bound);
        }
        String serial = ids.next("session/");
        String key = "ASIA" + ids.hex("key/" + serial, KEY_DIGITS).toUpperCase(Locale.ROOT);
        principals.register(key, principal);
        return Credentials.builder()
                .accessKeyId(key)
                .secretAccessKey(ids.hex("secret/" + serial, SECRET_DIGITS))
                .sessionToken(ids.hex("token/" + serial, SECRET_DIGITS))
                .expiration(realTime.instant().plus(Duration.ofSeconds(seconds)))
                .build();
    }

    private static AwsError constraint(String member, String value, String constraint) {
        return AwsError.badRequest(
                "ValidationError",
                "1 validation error detected: Value '" + value + "' at '" + member + "' failed to satisfy constraint: "
                        + constraint);
    }
}
