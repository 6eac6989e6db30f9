package io.dermaga.dashboard.page;

import io.dermaga.doctor.Doctor;
import io.dermaga.doctor.Finding;
import io.dermaga.settings.Configuration;
import io.dermaga.settings.KnownSetting;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.util.List;

/** What stands in the product's way on this server, and what the dashboard is set to. */
@Named("doctorPage")
@RequestScoped
public class DoctorPage {

    @Inject private Doctor doctor;
    @Inject private ServletContext application;

    private List<Finding> findings = List.of();

    @PostConstruct
    void look() {
        findings = doctor.look();
    }

    public List<Finding> getFindings() {
        return findings;
    }

    /** Settings of the dashboard, in the order of the documentation. */
    public List<KnownSetting> getSettings() {
        return Configuration.ofProcess().effective();
    }

    /** Name and version of the application server. */
    public String getServer() {
        return application.getServerInfo();
    }

    /** Version of the virtual machine. */
    public String getJava() {
        return Runtime.version().toString();
    }

    /** Name, version and architecture of the operating system. */
    public String getSystem() {
        return "%s %s %s"
                .formatted(
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch"));
    }
}
