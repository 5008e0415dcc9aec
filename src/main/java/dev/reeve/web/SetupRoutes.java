package dev.reeve.web;

import dev.reeve.web.OperatorAccess.Right;
import dev.reeve.web.Setup.Outcome;
import dev.reeve.web.SetupForm.Reading;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;

import java.net.URI;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code /setup}: a form, GitHub's page, and back. As soon as an App is configured, there is nothing here. */
public final class SetupRoutes implements Routes {

    private static final String STATE = "reeve_setup";
    private static final String NOT_OURS = "This form was not sent by this server's own page. Open /setup and begin again. If a proxy stands in front of this server, let it pass on the"
            + " Host that browsers ask for (nginx: proxy_set_header Host $host): by that the server knows its own pages.";
    private static final Page FORM = Page.named("setup", "Set up Reeve");
    private static final Page CONFIRM = Page.named("setup-confirm", "Register the App");
    private static final Page DONE = Page.named("setup-done", "Reeve is set up");
    private static final Page REFUSED = Page.named("setup-refused", "Not set up");
    private static final Page AGAIN = Page.named("setup-again", "Not set up yet");
    private static final Page LOGIN = Page.named("setup-login", "Set up Reeve");
    private static final Page ELSEWHERE = Page.named("setup-elsewhere", "Set up Reeve");

    private final Setup setup;
    private final SetupGate gate;

    /** @param access who may set the server up */
    public SetupRoutes(Setup setup, OperatorAccess access, InstantSource clock) {
        this.setup = setup;
        this.gate = new SetupGate(access, setup::unguessable, clock);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get("/setup", whileOpen(allowed(this::form)));
        routes.post("/setup", whileOpen(ourOwn(allowed(this::confirm))));
        routes.get("/setup/done", whileOpen(allowed(this::finish)));
        routes.post("/setup/login", whileOpen(ourOwn(this::login)));
    }

    private Handler whileOpen(Handler handler) {
        return context -> {
            if (setup.isOpen()) {
                handler.handle(context);
            } else {
                context.status(404);
            }
        };
    }

    private Handler allowed(Handler handler) {
        return context -> {
            switch (gate.of(context)) {
                case Right.Granted() -> handler.handle(context);
                case Right.TokenNeeded() -> LOGIN.show(context, 401, Map.of("wrong", false));
                case Right.None(var why) -> ELSEWHERE.show(context, 403,
                        Map.of("why", why, "port", String.valueOf(context.req().getLocalPort())));
            }
        };
    }

    private Handler ourOwn(Handler handler) {
        return context -> {
            if (gate.isOurOwn(context)) {
                handler.handle(context);
            } else {
                refuse(context, 403, NOT_OURS);
            }
        };
    }

    private void login(Context context) {
        if (gate.login(context, field(context, "token"))) {
            context.status(303).header("Location", "/setup").header("Cache-Control", "no-store");
        } else {
            LOGIN.show(context, 401, Map.of("wrong", true));
        }
    }

    private void form(Context context) {
        var known = setup.suggestion();
        var url = known.publicUrl().map(URI::toString).orElse("");
        show(context, 200, new SetupForm(known.name(), "organisation", "", "com", "", url), Map.of());
    }

    private void show(Context context, int status, SetupForm form, Map<String, String> faults) {
        var values = new HashMap<String, Object>();
        values.put("name", form.name());
        values.put("person", "person".equals(form.owner()));
        values.put("organisation", form.organisation());
        values.put("on_enterprise", "enterprise".equals(form.gitHub()));
        values.put("enterprise", form.enterprise());
        values.put("public_url", form.publicUrl());
        values.put("github", setup.suggestion().gitHub().map(URI::toString).orElse(""));
        for (var field : List.of("name", "organisation", "enterprise", "public_url")) {
            values.put(field + "_fault", faults.getOrDefault(field, ""));
        }
        values.put("faulty", !faults.isEmpty());
        FORM.show(context, status, values);
    }

    private void confirm(Context context) {
        var form = new SetupForm(field(context, "name"), field(context, "owner"), field(context, "organisation"),
                field(context, "github"), field(context, "enterprise"), field(context, "public_url"));
        switch (form.read(setup.suggestion().gitHub())) {
            case Reading.Wrong(var faults) -> show(context, 422, form, faults);
            case Reading.Wanted(var wish) -> confirm(context, wish);
        }
    }

    private void confirm(Context context, Setup.Wish wish) {
        // Back to the address by which the browser came, which has the cookie; a program without one gets to the public one.
        var comeBack = RequestAddress.ownOrigin(context).orElse(wish.publicUrl());
        var registration = setup.begin(wish, URI.create(comeBack + "/setup/done"));
        Cookies.set(context, STATE, registration.state(), Setup.PATIENCE);
        var target = registration.action();
        CONFIRM.show(context, 200, Map.of("name", wish.name(), "action", target.toString(), "manifest",
                registration.manifest(), "where", target.getRawAuthority(), "permissions", registration.permissions(),
                "events", registration.events(), "warning", registration.warning(), "webhook",
                wish.publicUrl() + "/webhooks/github"), target.getScheme() + "://" + target.getRawAuthority());
    }

    private void finish(Context context) {
        var bound = Optional.ofNullable(context.cookie(STATE)).orElse("");
        var outcome = setup.finish(query(context, "code"), query(context, "state"), bound);
        switch (outcome) {
            case Outcome.Done(var name, var install, var next) -> {
                Cookies.remove(context, STATE);
                DONE.show(context, 200, Map.of("name", name, "install", install.toString(), "next", next));
            }
            case Outcome.Again(var why) -> AGAIN.show(context, 503, Map.of("why", why));
            // Any page can lead a browser here; that takes nothing away from a set-up that is under way in it.
            case Outcome.Refused(var why) -> refuse(context, 400, why);
        }
    }

    private static void refuse(Context context, int status, String why) {
        REFUSED.show(context, status, Map.of("why", why));
    }

    private static String query(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).orElse("");
    }

    private static String field(Context context, String name) {
        return Optional.ofNullable(context.formParam(name)).orElse("");
    }
}
