package io.dermaga.it.support;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Chooses the ports in {@code arquillian.xml}, before Arquillian reads it: {@code
 * contract.http.port} and {@code contract.port}.
 */
public final class ContractPorts implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        System.setProperty("contract.http.port", Integer.toString(FreePorts.next()));
        System.setProperty("contract.port", Integer.toString(FreePorts.next()));
    }
}
