package io.dermaga.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How one Payara Micro is started.
 *
 * @param directory for its log and all that it writes itself
 * @param workingDirectory of the process
 * @param contextRoot of the first web application; the others have their file's name
 * @param archives RARs before the applications which use them
 * @param libraries jars that all applications and the server itself see, such as JDBC drivers
 * @param properties system properties of the server, kept out of its command line
 * @param console takes the lines for a person
 */
public record MicroOptions(
        Path microJar,
        Path directory,
        Path workingDirectory,
        String httpHost,
        int httpPort,
        Optional<String> contextRoot,
        List<Path> archives,
        List<Path> libraries,
        List<String> jvmOptions,
        Map<String, String> properties,
        List<String> preBootCommands,
        List<String> postBootCommands,
        Consumer<String> console) {

    public MicroOptions {
        archives = List.copyOf(archives);
        libraries = List.copyOf(libraries);
        jvmOptions = List.copyOf(jvmOptions);
        properties = Map.copyOf(properties);
        preBootCommands = List.copyOf(preBootCommands);
        postBootCommands = List.copyOf(postBootCommands);
    }

    /**
     * Begins the options of a server.
     *
     * @param directory for the server's log and all that it writes itself, made if missing
     */
    public static Builder builder(Path microJar, Path directory) {
        return new Builder(microJar.toAbsolutePath(), directory.toAbsolutePath());
    }

    /** Collects the options; what is not said has a default fit for one machine. */
    public static final class Builder {

        private final Path microJar;
        private final Path directory;
        private Path workingDirectory;
        private String httpHost = "127.0.0.1";
        private int httpPort = 8080;
        private @Nullable String contextRoot;
        private final List<Path> archives = new ArrayList<>();
        private final List<Path> libraries = new ArrayList<>();
        private final List<String> jvmOptions = new ArrayList<>();
        private final Map<String, String> properties = new TreeMap<>();
        private final List<String> preBootCommands = new ArrayList<>();
        private final List<String> postBootCommands = new ArrayList<>();
        private Consumer<String> console = System.out::println;

        private Builder(Path microJar, Path directory) {
            this.microJar = microJar;
            this.directory = directory;
            this.workingDirectory = directory;
        }

        /** The process's working directory, where {@code dermaga.properties} is looked for. */
        public Builder workingDirectory(Path path) {
            workingDirectory = path.toAbsolutePath();
            return this;
        }

        /** Where HTTP is served: by default 127.0.0.1, port 8080. */
        public Builder http(String host, int port) {
            httpHost = host;
            httpPort = port;
            return this;
        }

        /** One more archive to deploy, a RAR before its users; its name is its file's. */
        public Builder deploy(Path archive) {
            archives.add(archive.toAbsolutePath());
            return this;
        }

        /** A jar that all applications and the server itself see, such as a JDBC driver. */
        public Builder library(Path jar) {
            libraries.add(jar.toAbsolutePath());
            return this;
        }

        /** The context root of the first web application. */
        public Builder contextRoot(String root) {
            contextRoot = root;
            return this;
        }

        /** Options of the virtual machine, such as {@code -Xmx512m}. */
        public Builder jvm(List<String> options) {
            jvmOptions.addAll(options);
            return this;
        }

        /** A system property of the server. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** System properties of the server. */
        public Builder properties(Map<String, String> more) {
            properties.putAll(more);
            return this;
        }

        /** An {@code asadmin} command before the server starts its containers. */
        public Builder preBoot(String command) {
            preBootCommands.add(command);
            return this;
        }

        /** An {@code asadmin} command before the first deployment. */
        public Builder postBoot(String command) {
            postBootCommands.add(command);
            return this;
        }

        /** Takes the lines for a person; by default the standard output. */
        public Builder console(Consumer<String> lines) {
            console = lines;
            return this;
        }

        /** A server that is not started yet. */
        public MicroServer build() {
            return new MicroServer(
                    new MicroOptions(
                            microJar,
                            directory,
                            workingDirectory,
                            httpHost,
                            httpPort,
                            Optional.ofNullable(contextRoot),
                            archives,
                            libraries,
                            jvmOptions,
                            properties,
                            preBootCommands,
                            postBootCommands,
                            console));
        }
    }
}
