package io.dermaga.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dermaga.it.support.Built;
import io.dermaga.it.support.FreePorts;
import io.dermaga.it.support.FullServer;
import io.dermaga.it.support.Tcp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bad and good settings, seen by whoever deploys, on Payara Server. */
@ExtendWith(FullServer.Shared.class)
class DeploymentIT {

    @BeforeEach
    void deploy(FullServer server) {
        server.deploy(Built.rar());
    }

    @AfterEach
    void undeploy(FullServer server) {
        server.undeploy("dermaga");
    }

    @Test
    void a_deployment_with_bad_settings_fails_with_all_of_them(FullServer server) {
        Path war =
                Inboxes.war(
                        "bad",
                        """
                        dermaga.inbox.port = 70000
                        dermaga.inbox.framing = morse
                        dermaga.inbox.maxPayload = lots
                        dermaga.inbox.prot = 8001
                        """);

        assertThatThrownBy(() -> server.deploy(war)).isInstanceOf(IllegalStateException.class);

        assertThat(server.log())
                .contains(
                        "DMG1001 property 'port' of listener 'inbox': given '70000' (application file dermaga.inbox.port), allowed: 0 to 65535")
                .contains(
                        "DMG1001 property 'framing' of listener 'inbox': given 'morse' (application file dermaga.inbox.framing), allowed: eof, lines, delimiter, nul, ")
                .contains("DMG1001 property 'maxPayload' of listener 'inbox': given 'lots'")
                .contains("DMG1002 unknown property 'prot' on listener 'inbox'");
    }

    @Test
    void a_socket_bean_whose_methods_do_not_fit_is_refused_with_each_method(FullServer server) {
        WebArchive war =
                ShrinkWrap.create(WebArchive.class, "wrong.war")
                        .addPackage("io.dermaga.it.wrong")
                        .addAsWebInfResource("app/wrong-ejb-jar.xml", "glassfish-ejb-jar.xml");

        assertThatThrownBy(() -> server.deploy(Inboxes.exported(war)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(server.log())
                .contains(
                        "DMG1103 method 'length' of class 'io.dermaga.it.wrong.WrongBean' returns int, allowed: void, Reply, byte[], String")
                .contains(
                        "DMG1103 method 'ended' of class 'io.dermaga.it.wrong.WrongBean' has a parameter of type Payload, allowed: Connection");
    }

    @Test
    void a_port_in_use_stops_no_other_listener_and_is_taken_as_soon_as_it_is_free(FullServer server)
            throws IOException {
        int taken = FreePorts.next();
        int free = FreePorts.next();
        Path war =
                Inboxes.war(
                        "taken",
                        """
                        dermaga.inbox.listeners = one, two
                        dermaga.inbox.host = 127.0.0.1
                        dermaga.one.port = %d
                        dermaga.two.port = %d
                        """
                                .formatted(taken, free));
        try (ServerSocket other = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            server.deploy(war);

            await().atMost(Duration.ofSeconds(30)).until(() -> accepts(free));
            assertThat(server.log())
                    .contains(
                            "DMG1201 listener 'one' cannot listen: property 'port': given "
                                    + other.getLocalPort()
                                    + " on 127.0.0.1, which is in use");
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> accepts(taken));
        server.undeploy("taken");
    }

    private static boolean accepts(int port) {
        try {
            Tcp.send(port, "anybody there?");
            return true;
        } catch (UncheckedIOException e) {
            return false;
        }
    }
}
