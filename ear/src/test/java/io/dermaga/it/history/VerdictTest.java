package io.dermaga.it.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.dermaga.it.history.History.PeerHistory;
import io.dermaga.it.history.History.Row;
import io.dermaga.it.history.Verdict.Answers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The judge is judged: each way to break a promise is seen, and only that. */
class VerdictTest {

    private final List<Row> rows =
            new ArrayList<>(List.of(row("a", 1), row("b", 1), row("a", 2), row("b", 2)));
    private final List<String> toldA = new ArrayList<>(List.of("token a 1", "token a 2"));
    private final List<String> toldB = new ArrayList<>(List.of("token b 1"));

    private static Row row(String peer, int number) {
        return new Row(peer, number, 1, "token " + peer + " " + number);
    }

    private Verdict verdict(Answers answers) {
        return Verdict.of(
                new History(
                        List.of(new PeerHistory("a", 3, toldA), new PeerHistory("b", 3, toldB)),
                        rows),
                answers);
    }

    private List<String> violations() {
        return verdict(Answers.TOKENS).violations();
    }

    @Test
    void a_history_without_a_fault_has_no_violation() {
        Verdict verdict = verdict(Answers.TOKENS);

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.told()).isEqualTo(3);
        assertThat(verdict.delivered()).isEqualTo(4);
        assertThat(verdict.repetitions()).isZero();
    }

    @Test
    void what_was_acknowledged_and_has_no_row_is_lost() {
        rows.remove(2);

        assertThat(verdict(Answers.RECEIPTS).violations())
                .containsExactly("acknowledged and lost: a 2");
    }

    @Test
    void what_was_delivered_and_never_told_is_no_fault() {
        toldB.clear();

        assertThat(violations()).isEmpty();
    }

    @Test
    void a_row_before_that_of_its_predecessor_is_an_inversion() {
        rows.set(0, row("a", 2));
        rows.set(2, row("a", 1));

        assertThat(violations()).first().asString().startsWith("inversion or hole: Row[peer=a");
    }

    @Test
    void a_repetition_is_counted() {
        rows.add(new Row("a", 1, 2, "another"));

        assertThat(violations()).isEmpty();
        assertThat(verdict(Answers.TOKENS).repetitions()).isEqualTo(1);
    }

    @Test
    void a_repetition_that_the_bean_was_not_told_of_is_a_violation() {
        rows.add(new Row("a", 1, 1, "another"));

        assertThat(violations()).singleElement().asString().startsWith("repetition without a word");
    }

    @Test
    void a_row_that_nobody_sent_is_a_violation() {
        rows.add(row("c", 1));
        rows.add(row("a", 4));

        assertThat(violations()).hasSize(2).allMatch(one -> one.startsWith("never sent"));
    }

    @Test
    void a_reply_of_a_delivery_that_was_rolled_back_is_a_violation() {
        toldB.set(0, "rolled back");

        assertThat(violations())
                .containsExactly("reply of a delivery that was not committed: b 1 rolled back");
    }

    @Test
    void replies_in_another_order_than_requests_are_a_violation() {
        toldA.set(0, "token a 2");
        toldA.set(1, "token a 1");

        assertThat(violations()).hasSize(2).allMatch(one -> one.startsWith("reply of another"));
    }

    @Test
    void more_answers_than_payloads_are_a_violation() {
        toldB.addAll(List.of("token b 2", "x", "y"));

        assertThat(violations()).contains("answer to nothing: b 4");
    }

    @Test
    void an_answer_that_was_given_twice_is_a_violation() {
        toldA.set(1, "token a 1");

        assertThat(violations()).contains("told twice: token a 1");
    }

    @Test
    void one_delivery_with_two_rows_is_a_violation() {
        rows.add(new Row("a", 2, 2, "token a 2"));

        assertThat(violations()).anyMatch(one -> one.startsWith("one delivery has two rows"));
    }
}
