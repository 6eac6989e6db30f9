package io.dermaga.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A Java agent that ends the server when its standard input ends, which happens when the launcher
 * closes it and also when the launcher is killed: so no server outlives its launcher. An agent,
 * because the server's own main class then starts as it always does.
 */
public final class StopWithParent {

    private StopWithParent() {}

    /** Called by the server's virtual machine before its main method. */
    public static void premain(String arguments) {
        Thread thread = new Thread(StopWithParent::awaitEnd, "dermaga-stop-with-parent");
        thread.setDaemon(true);
        thread.start();
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                // only the end of the stream has a meaning
            }
        } catch (IOException closed) {
            // the same as its end
        }
        Runtime.getRuntime().exit(0);
    }

    /** Writes the agent's jar, which holds this class alone. */
    static Path writeJar(Path file) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", StopWithParent.class.getName());
        String name = StopWithParent.class.getName().replace('.', '/') + ".class";
        try (InputStream code = StopWithParent.class.getResourceAsStream("/" + name);
                JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            if (code == null) {
                throw new IOException("class " + name + " is not found");
            }
            jar.putNextEntry(new JarEntry(name));
            code.transferTo(jar);
            jar.closeEntry();
        }
        return file;
    }
}
