package dev.reeve.cli;
/** The entry point. */
public final class Main {
    private Main() {}
    record A(int x) {}
    public static void main(String[] args) {
        Object o = new A(1);
        if (o instanceof A(int x)) {
            System.out.println(x);
        }
    }
}
