package dev.reeve.setup;

import dev.reeve.setup.HookBlock.Form;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One hook in the folder of the hooks.
 *
 * @param file where git looks for it
 * @param subject how people know it
 */
record HookFile(HookKind kind, Path file, String subject) {

    private static final Pattern SHELL = Pattern
            .compile("#![ \\t]*/\\S*/(env +)?(sh|bash|dash|ash|ksh|zsh)( +-[A-Za-z]+)*\n");

    /**
     * A file with Reeve's block in it.
     *
     * @param before what stands before the block
     * @param after what stands behind it
     */
    private record Marked(String before, String block, String after) {

        String rest() {
            return before + after;
        }
    }

    /** The block in the file, if it is there. */
    Optional<String> block() throws IOException {
        return isRegular() ? marked(text()).map(Marked::block) : Optional.empty();
    }

    /** Whether the file is what an installation would leave, but for the launcher that it names. */
    boolean isCurrent(HookBlock wanted) throws IOException {
        var block = block();
        return block.isPresent() && Files.isExecutable(file)
                && block.get().equals(own(wanted.naming(HookBlock.launcher(block.get())), HookBlock.form(block.get())));
    }

    Deed install(HookBlock wanted, Site site) {
        return Deed.of(subject, () -> {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                site.writeProgram(file, encoded(wanted.text(kind, Form.ALONE)));
                return Deed.created(subject, "runs reeve reconcile");
            }
            var text = isRegular() ? text() : "";
            var marked = marked(text);
            return marked.isPresent() ? renew(marked.get(), wanted, site) : addTo(text, wanted, site);
        });
    }

    private Deed renew(Marked marked, HookBlock wanted, Site site) throws IOException {
        var block = own(wanted, HookBlock.form(marked.block));
        if (block.equals(marked.block) && Files.isExecutable(file)) {
            return Deed.kept(subject, "runs reeve reconcile");
        }
        var text = Lines.bytes(marked.before + block + marked.after);
        if (Files.isExecutable(file)) {
            site.write(file, text);
        } else {
            site.writeProgram(file, text);
        }
        return Deed.updated(subject, "runs reeve reconcile as this version wants it");
    }

    private Deed addTo(String text, HookBlock wanted, Site site) throws IOException {
        var shell = SHELL.matcher(text);
        if (shell.lookingAt() && !text.contains("\r") && Files.isExecutable(file)) {
            var with = text.substring(0, shell.end()) + own(wanted, Form.WITHIN) + text.substring(shell.end());
            site.write(file, Lines.bytes(with));
            return Deed.updated(subject, "the hook that was there runs first, then reeve reconcile");
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(subject, null, "is a folder: move it away");
        }
        chain(wanted, site);
        return Deed.updated(subject, "the hook that was there is " + before().getFileName()
                + " now and runs first, then reeve reconcile");
    }

    /** At every moment there is a hook under the name that git knows. */
    private void chain(HookBlock wanted, Site site) throws IOException {
        if (Files.exists(before(), LinkOption.NOFOLLOW_LINKS)) {
            requireTheSame();
        } else {
            site.copyName(file, before());
        }
        if (site.mode() == Site.Mode.ACT) {
            replaceByProgram(wanted, site);
        }
    }

    /** It may be there from a try that was ended on its way. */
    private void requireTheSame() throws IOException {
        boolean links = Files.isSymbolicLink(file) && Files.isSymbolicLink(before());
        boolean same = links ? Files.readSymbolicLink(file).equals(Files.readSymbolicLink(before()))
                : Files.isSameFile(file, before());
        if (!same) {
            throw new FileSystemException(subject, null, before() + " is in the way: move it away");
        }
    }

    /** By way of another name, as a link isn't written through. */
    private void replaceByProgram(HookBlock wanted, Site site) throws IOException {
        var fresh = file.resolveSibling(kind.id() + ".reeve-new");
        site.writeProgram(fresh, encoded(wanted.text(kind, Form.CHAINED)));
        site.putInPlace(fresh, file);
    }

    Deed uninstall(Site site) {
        return Deed.of(subject, () -> {
            var marked = isRegular() ? marked(text()) : Optional.<Marked>empty();
            return marked.isEmpty() ? Deed.kept(subject, "has nothing of Reeve") : takeOut(marked.get(), site);
        });
    }

    private Deed takeOut(Marked marked, Site site) throws IOException {
        return switch (HookBlock.form(marked.block)) {
            case ALONE -> HookBlock.isNothingElse(marked.rest()) ? delete(site) : keepTheRest(marked, site);
            case WITHIN -> keepTheRest(marked, site);
            case CHAINED -> restore(marked, site);
        };
    }

    private Deed delete(Site site) throws IOException {
        site.delete(file);
        return Deed.removed(subject, "there was no other hook");
    }

    private Deed keepTheRest(Marked marked, Site site) throws IOException {
        site.write(file, Lines.bytes(marked.rest()));
        return Deed.removed(subject, "the hook that was there is as it was");
    }

    private Deed restore(Marked marked, Site site) throws IOException {
        if (!HookBlock.isNothingElse(marked.rest())) {
            throw new FileSystemException(subject, null,
                    "has lines besides Reeve's, and " + before() + " is the hook that was there: make one of both");
        }
        if (!Files.exists(before(), LinkOption.NOFOLLOW_LINKS)) {
            return delete(site);
        }
        site.putInPlace(before(), file);
        return Deed.removed(subject, "the hook that was there is as it was");
    }

    private Path before() {
        return file.resolveSibling(kind.id() + HookBlock.BEFORE);
    }

    private boolean isRegular() {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private String text() throws IOException {
        return Lines.of(Site.read(file).orElse(new byte[0]));
    }

    /** The block without the line before it, in the characters of {@link Lines}. */
    private String own(HookBlock wanted, Form form) {
        var text = Lines.of(encoded(wanted.text(kind, form)));
        return text.substring(text.indexOf(HookBlock.BEGIN));
    }

    private static byte[] encoded(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<Marked> marked(String text) throws IOException {
        int begin = text.indexOf(HookBlock.BEGIN);
        int end = text.indexOf(HookBlock.END);
        if (begin < 0 && end < 0) {
            return Optional.empty();
        }
        boolean once = text.lastIndexOf(HookBlock.BEGIN) == begin && text.lastIndexOf(HookBlock.END) == end;
        if (begin < 0 || end < begin || !once) {
            throw new FileSystemException(subject, null,
                    "doesn't have Reeve's two marks once each and in order: take out what is left of them");
        }
        int behind = end + HookBlock.END.length();
        return Optional.of(new Marked(text.substring(0, begin), text.substring(begin, behind), text.substring(behind)));
    }
}
