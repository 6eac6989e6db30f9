package io.dermaga.rest;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What there is below {@code /api}; openapi.yaml describes it. */
@ApplicationPath("/api")
public class RestApplication extends Application {

    /** The resources. */
    static final Set<Class<?>> RESOURCES =
            Set.of(
                    AdapterResource.class,
                    AlertsResource.class,
                    AuditResource.class,
                    ConnectionsResource.class,
                    DeadLettersResource.class,
                    DoctorResource.class,
                    EventsResource.class,
                    HistoryResource.class,
                    ListenersResource.class,
                    MessagesResource.class,
                    OpenApiResource.class,
                    PasswordResource.class,
                    RecordingReplaysResource.class,
                    RecordingsResource.class,
                    ReplaysResource.class,
                    UsersResource.class);

    @Override
    public Set<Class<?>> getClasses() {
        Set<Class<?>> classes = new HashSet<>(RESOURCES);
        classes.add(ActingFilter.class);
        classes.add(AuditingFilter.class);
        classes.add(KnownParametersFilter.class);
        classes.add(ProblemMapper.class);
        classes.add(JsonBinding.class);
        return classes;
    }

    /** Jersey would describe the resources to everybody a second time, in WADL. */
    @Override
    public Map<String, Object> getProperties() {
        return Map.of("jersey.config.server.wadl.disableWadl", true);
    }
}
