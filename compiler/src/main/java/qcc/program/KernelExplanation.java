package qcc.program;

import java.util.List;
import java.util.Locale;
import qcc.model.Goal;

/** Why each layer got its kernel, as text for {@code --explain-kernels}. */
public final class KernelExplanation {
    private KernelExplanation() {
    }

    /** A paragraph for each layer: the chosen kernel first, then the others in the order of the target's list. */
    public static String of(List<KernelOptions> choices, Goal goal) {
        StringBuilder out = new StringBuilder();
        out.append("kernels for ").append(goal).append(": instructions of one run (estimated) and bytes of constants\n");
        for (KernelOptions choice : choices) {
            out.append('\n').append(choice.node().name()).append(": ").append(choice.chosen().kernel())
                    .append(costs(choice.chosen())).append('\n');
            for (KernelOptions.Option option : choice.all()) {
                if (!option.kernel().equals(choice.chosen().kernel())) {
                    out.append("    not ").append(option.kernel()).append(costs(option)).append(": ")
                            .append(reason(choice, option, goal)).append('\n');
                }
            }
        }
        return out.toString();
    }

    private static String costs(KernelOptions.Option option) {
        if (option.unmet().isPresent()) {
            return "";
        }
        String bytes = String.format(Locale.ROOT, "%,d bytes", option.flashBytes());
        return " (" + (option.instructions().isPresent()
                ? String.format(Locale.ROOT, "%,d instructions, ", option.instructions().getAsLong()) : "") + bytes + ")";
    }

    private static String reason(KernelOptions choice, KernelOptions.Option option, Goal goal) {
        if (option.unmet().isPresent()) {
            return "`" + option.unmet().get() + "` does not hold";
        }
        if (!choice.weighed().contains(option) || !choice.weighed().contains(choice.chosen())) {
            return "the list names a more special one first";
        }
        boolean slower = option.instructions().getAsLong() >= choice.chosen().instructions().getAsLong();
        return slower && goal != Goal.SIZE ? "slower"
                : option.flashBytes() >= choice.chosen().flashBytes() ? "more flash than it is worth" : "slower";
    }
}
