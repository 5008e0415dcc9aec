package dev.reeve.web;

import dev.reeve.intake.Admission;
import dev.reeve.intake.Answer;
import dev.reeve.intake.Intake;
import dev.reeve.intake.Refusal;
import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code POST /webhooks/github}: carries bytes to the intake and its answer back. Blocks its virtual thread until the commit. */
final class WebhookRoute implements Handler {

    private static final String RETRY_AFTER_SECONDS = "5";

    private static final String NO_APP = "no GitHub App is configured yet: set this server up first";

    private final Supplier<Optional<Intake>> intake;
    private final BodyMemory memory;
    private final Body.Limits limits;

    /** @param intake there as soon as an App is configured */
    WebhookRoute(Supplier<Optional<Intake>> intake, WebSettings settings) {
        this.intake = intake;
        this.memory = new BodyMemory(settings.bodyMemory());
        this.limits = new Body.Limits(Intake.LARGEST_BODY, settings.patience());
    }

    @Override
    public void handle(Context context) throws IOException {
        var open = intake.get();
        if (open.isPresent()) {
            admit(context, open.get());
        } else {
            refuse(context, Refusal.UNAVAILABLE, NO_APP);
        }
    }

    private void admit(Context context, Intake intake) throws IOException {
        var request = context.req();
        var admission = intake.admit(name -> Collections.list(request.getHeaders(name)),
                request.getContentLengthLong());
        switch (admission) {
            case Admission.Rejected(var refused) -> answer(context, refused);
            case Admission.Admitted admitted -> receive(context, intake, admitted);
        }
    }

    private void receive(Context context, Intake intake, Admission.Admitted admitted) throws IOException {
        var request = context.req();
        try (var share = memory.share()) {
            switch (Body.read(request.getInputStream(), request.getContentLengthLong(), limits, share)) {
                case Body.Whole whole -> answer(context, intake.receive(admitted, whole.bytes()).join());
                case Body.TooLarge() -> answer(context, intake.tooLarge());
                case Body.NoRoom() -> answer(context, intake.overCapacity());
                case Body.TooSlow() -> context.status(408).result("the body took too long\n");
            }
        }
    }

    private static void answer(Context context, Answer answer) {
        switch (answer) {
            case Answer.Accepted(var receipt) -> context.status(202)
                    .contentType("application/json")
                    .result("{\"delivery\":" + receipt.delivery() + ",\"attempt\":" + receipt.attempt() + "}");
            case Answer.Refused(var refusal, var message) -> refuse(context, refusal, message);
        }
    }

    private static void refuse(Context context, Refusal refusal, String message) {
        if (refusal == Refusal.UNAVAILABLE) {
            context.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        context.status(refusal.status()).result(message + "\n");
    }
}
