package io.dermaga.it.support;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.net.URI;

/** The dashboard in a browser, by the ids of its pages. */
public final class DashboardPage {

    private final Page page;
    private final URI address;

    /**
     * A page that is not open yet.
     *
     * @param address of the dashboard, without a slash at its end
     */
    public DashboardPage(Page page, URI address) {
        this.page = page;
        this.address = address;
    }

    /** Opens the overview, and logs in where the dashboard asks for it. */
    public DashboardPage open(String password) {
        return open("admin", password);
    }

    /** The same as another user. */
    public DashboardPage open(String user, String password) {
        page.navigate(address + "/");
        if (page.locator("#credentials").count() > 0) {
            page.locator("#username").fill(user);
            page.locator("#password").fill(password);
            page.locator("#login").click();
        }
        page.locator("#nav-overview").waitFor();
        return this;
    }

    /**
     * Goes to a page by its navigation: {@code connections}, {@code messages}, {@code deadletters},
     * {@code lab}; those of a menu included.
     */
    public DashboardPage go(String section) {
        Locator link = page.locator("#nav-" + section);
        Locator menu =
                page.locator(".menu", new Page.LocatorOptions().setHas(link)).locator("summary");
        if (menu.count() > 0) {
            menu.click();
        }
        link.click();
        page.waitForURL(url -> url.contains(section));
        return this;
    }

    /** Waits until the page is pushed what happens. */
    public DashboardPage awaitPush() {
        page.locator("#live[data-state=push]").waitFor();
        return this;
    }

    /** How many payloads of the listener were delivered, as the overview says. */
    public Locator delivered(String listener) {
        return page.locator("#listeners tr", new Page.LocatorOptions().setHasText(listener))
                .locator("[data-count=delivered]");
    }

    /** The browser's page. */
    public Page page() {
        return page;
    }
}
