package io.dermaga.dashboard.page;

import io.dermaga.alerts.Alert;
import io.dermaga.alerts.Alert.Acknowledgement;
import io.dermaga.alerts.Alert.State;
import io.dermaga.alerts.Alerts;
import io.dermaga.alerts.RuleStatus;
import io.dermaga.alerts.WebhookStatus;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What somebody should know of, and the rules for it. */
@Named("alertsPage")
@RequestScoped
public class AlertsPage {

    @Inject private Alerts alerts;
    @Inject private Operator operator;

    private @Nullable String picked;
    private @Nullable String comment;

    /** Those that are not over, those that nobody has acknowledged first. */
    public List<Alert> getOpen() {
        return alerts.open();
    }

    /** The last ones that are over, the one that was over last first. */
    public List<Alert> getPast() {
        return alerts.past();
    }

    /** How many nobody has acknowledged. */
    public long getFiring() {
        return alerts.count(State.FIRING);
    }

    public List<RuleStatus> getRules() {
        return alerts.rules();
    }

    /** Rules that cannot be read, and the like; numbered. */
    public List<String> getProblems() {
        return alerts.problems();
    }

    /** Where alerts are sent; null if nowhere. */
    public @Nullable WebhookStatus getWebhook() {
        return alerts.webhook().orElse(null);
    }

    /** The longest comment, in characters. */
    public int getMostComment() {
        return Acknowledgement.MOST_COMMENT;
    }

    /** The reader knows of the alert that he has picked. */
    public void acknowledge() {
        String id = picked;
        String said = comment;
        operator.act(
                "alerts.acknowledge",
                id,
                actor -> {
                    Optional<Alert> known =
                            id == null ? Optional.empty() : alerts.acknowledge(id, actor, said);
                    comment = null; // the field is empty for the next one
                    return known.isPresent()
                            ? Answer.done("acknowledgeDone")
                            : Answer.notDone("acknowledgeNotDone");
                });
    }

    public @Nullable String getPicked() {
        return picked;
    }

    public void setPicked(@Nullable String picked) {
        this.picked = picked;
    }

    public @Nullable String getComment() {
        return comment;
    }

    public void setComment(@Nullable String comment) {
        this.comment = comment;
    }
}
