package io.dermaga.adapter;

import io.dermaga.api.Connections;
import io.dermaga.engine.Activation;
import io.dermaga.engine.Engine;
import io.dermaga.engine.lane.WorkRefusedException;
import io.dermaga.engine.settings.ActivationSettings;
import io.dermaga.engine.settings.AdapterSettings;
import io.dermaga.engine.settings.SettingSource;
import io.dermaga.engine.settings.SettingsException;
import io.dermaga.engine.settings.SettingsReader;
import io.dermaga.engine.spool.SpoolException;
import jakarta.resource.NotSupportedException;
import jakarta.resource.ResourceException;
import jakarta.resource.spi.ActivationSpec;
import jakarta.resource.spi.BootstrapContext;
import jakarta.resource.spi.ResourceAdapter;
import jakarta.resource.spi.ResourceAdapterInternalException;
import jakarta.resource.spi.endpoint.MessageEndpointFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.transaction.xa.XAResource;
import org.jspecify.annotations.Nullable;

/**
 * Starts and stops the engine with the container, and opens listeners for the beans that it is told
 * of (Connectors 2.1, chapters Lifecycle Management and Message Inflow). Activations may come on
 * several threads at once.
 */
public class TcpResourceAdapter implements ResourceAdapter {

    private static final int RETRY_MILLIS = 100;

    /**
     * The container hands the same objects to activation and deactivation. Equality is written out:
     * the generated one of a record makes JDK 17 keep the class, and with it the class loader, for
     * ever.
     */
    private record Key(MessageEndpointFactory factory, ActivationSpec spec) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key that && factory.equals(that.factory) && spec == that.spec;
        }

        @Override
        public int hashCode() {
            return 31 * factory.hashCode() + System.identityHashCode(spec);
        }
    }

    private final Map<Key, Activation> activations = new ConcurrentHashMap<>();
    private final Map<Key, MonitorDelivery> monitors = new ConcurrentHashMap<>();
    private String configFile = "dermaga.properties";
    private volatile @Nullable Engine engine;
    private volatile @Nullable ContainerWorkers workers;
    private volatile @Nullable ServerRecovery recovery;

    /**
     * Properties file of the operator; a relative path is resolved against the working directory.
     */
    public String getConfigFile() {
        return configFile;
    }

    public void setConfigFile(String configFile) {
        this.configFile = configFile;
    }

    @Override
    public void start(BootstrapContext context) throws ResourceAdapterInternalException {
        try {
            workers = new ContainerWorkers(context.getWorkManager());
            AdapterSettings settings = AdapterSettings.read(operatorSources());
            boolean alone = settings.spool().isEmbedded();
            Engine started = new Engine(settings, () -> recover(alone));
            engine = started;
            recovery = ServerRecovery.of(started.recovery().orElse(null));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new ResourceAdapterInternalException(e.getMessage(), e);
        }
    }

    /**
     * @param alone whether no other server uses the spool
     */
    private void recover(boolean alone) {
        ServerRecovery registered = recovery;
        Engine running = engine;
        if (registered != null && running != null) {
            try {
                workers().submit(() -> registered.run(() -> alone && running.isInDoubt()));
            } catch (WorkRefusedException e) {
                running.schedule(() -> recover(alone), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    @Override
    public void stop() {
        ServerRecovery registered = recovery;
        if (registered != null) {
            registered.close();
        }
        recovery = null;
        Engine running = engine;
        if (running != null) {
            running.close(); // beans that drain may still ask for connections
        }
        engine = null;
        activations.clear();
        monitors.clear();
        leaveThread();
    }

    /**
     * Payara keeps the thread that stops an adapter, with the adapter's class loader as its own.
     */
    private static void leaveThread() {
        Thread thread = Thread.currentThread();
        if (thread.getContextClassLoader() == TcpResourceAdapter.class.getClassLoader()) {
            thread.setContextClassLoader(ResourceAdapter.class.getClassLoader());
        }
    }

    @Override
    public void endpointActivation(MessageEndpointFactory factory, ActivationSpec spec)
            throws ResourceException {
        Key key = new Key(factory, spec);
        if (spec instanceof MonitorActivationSpec) {
            MonitorDelivery delivery = new MonitorDelivery(factory, running().monitor());
            monitors.put(key, delivery);
            deliver(delivery);
        } else if (spec instanceof TcpActivationSpec tcp) {
            activations.put(key, activate(factory, tcp));
        } else {
            throw new NotSupportedException(
                    "DMG1105 activation spec "
                            + spec.getClass().getName()
                            + " is not known, allowed: TcpActivationSpec, MonitorActivationSpec");
        }
    }

    private Activation activate(MessageEndpointFactory factory, TcpActivationSpec spec)
            throws ResourceException {
        try {
            Bean bean = Bean.of(factory);
            List<SettingSource> sources = new ArrayList<>(operatorSources());
            sources.add(SettingSource.application(bean.classLoader()));
            ActivationSettings settings =
                    SettingsReader.read(
                            spec.given(),
                            bean.defaultName(),
                            sources,
                            Engine.rules(bean.classLoader()));
            bean.check(settings);
            Activation activation =
                    running()
                            .activate(
                                    activationName(factory, settings),
                                    settings,
                                    bean.shape(),
                                    workers(),
                                    bean);
            start(activation);
            return activation;
        } catch (SettingsException e) {
            running().refused(e);
            throw new ResourceException(e.getMessage());
        } catch (SpoolException e) {
            throw new ResourceException(e.getMessage(), e);
        }
    }

    private void start(Activation activation) {
        try {
            activation.start();
        } catch (RuntimeException e) {
            running().deactivate(activation);
            throw e;
        }
    }

    /** The container's name, stable over redeployments; made of the bean's where there is none. */
    private static String activationName(
            MessageEndpointFactory factory, ActivationSettings settings) {
        String name = factory.getActivationName();
        return name == null || name.isBlank()
                ? factory.getEndpointClass().getName() + "/" + settings.name()
                : name;
    }

    private void deliver(MonitorDelivery delivery) {
        Engine running = engine;
        if (running != null && monitors.containsValue(delivery)) {
            try {
                workers().submit(() -> delivery.attempt(() -> deliverLater(delivery)));
            } catch (WorkRefusedException e) {
                deliverLater(delivery);
            }
        }
    }

    private void deliverLater(MonitorDelivery delivery) {
        Engine running = engine;
        if (running != null) {
            running.schedule(() -> deliver(delivery), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void endpointDeactivation(MessageEndpointFactory factory, ActivationSpec spec) {
        Key key = new Key(factory, spec);
        monitors.remove(key);
        Activation activation = activations.remove(key);
        Engine running = engine;
        if (activation != null && running != null) {
            running.deactivate(activation);
        }
    }

    /**
     * The spool, so that what a server has prepared and not ended, since it was killed, ends as its
     * transaction does (chapter Crash Recovery). Nothing where no payload was ever spooled.
     */
    @Override
    public XAResource[] getXAResources(ActivationSpec[] specs) {
        return running().recovery().stream().toArray(XAResource[]::new);
    }

    /** The connections of the running engine. */
    Connections connections() {
        return running().connections();
    }

    private Engine running() {
        Engine running = engine;
        if (running == null) {
            throw new IllegalStateException("DMG1004 the adapter is stopped");
        }
        return running;
    }

    private ContainerWorkers workers() {
        return Objects.requireNonNull(workers);
    }

    private List<SettingSource> operatorSources() {
        SettingSource system = SettingSource.systemProperties();
        SettingSource environment = SettingSource.environment(System.getenv());
        String file = system.value("dermaga.config");
        if (file == null) {
            file = environment.value("dermaga.config");
        }
        return List.of(
                system,
                environment,
                file == null
                        ? SettingSource.file(Path.of(configFile))
                        : SettingSource.namedFile(Path.of(file)));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TcpResourceAdapter that && configFile.equals(that.configFile);
    }

    @Override
    public int hashCode() {
        return configFile.hashCode();
    }
}
