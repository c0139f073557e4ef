package qcc.driver;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import qcc.diagnostics.Code;
import qcc.diagnostics.CompilationFailed;
import qcc.diagnostics.Diagnostic;
import qcc.diagnostics.Span;
import qcc.ir.Node;
import qcc.plan.Peak;
import qcc.program.ConstantArray;
import qcc.program.InputUse;
import qcc.program.Program;
import qcc.target.Memory;
import qcc.target.Target;

/** Refuses a program that is larger than its target's memory, and says which layers need it. */
final class FitCheck {
    private static final int MAX_LISTED = 6;
    /** What GNU ld says, or the assertion of a target's own linker script. */
    private static final Pattern OVERFLOW = Pattern.compile("overflowed( by \\d+ bytes)|qcc: data and stack do not fit");

    private FitCheck() {
    }

    static void check(Program program, Target target) {
        if (target.hasOneMemory()) {
            checkAll(program, target, target.ram().orElseThrow().bytes() - target.stackBytes());
        }
        target.ram().map(Memory::bytes).ifPresent(ram -> checkRam(program, ram - target.stackBytes(), target.name()
                + " has " + (ram - target.stackBytes()) + " bytes of RAM beside a stack of " + target.stackBytes()));
        program.options().budget().ifPresent(budget -> checkRam(program, budget, "the budget is " + budget));
        target.flash().ifPresent(flash -> checkFlash(program, target, flash));
    }

    /** Where flash and RAM are one memory, less the stack. */
    private static void checkAll(Program program, Target target, long available) {
        long needed = program.arenaBytes() + program.constantBytes();
        if (needed > available) {
            boolean mostlyConstant = program.constantBytes() > program.arenaBytes();
            throw new CompilationFailed(Diagnostic.of(Code.E601, mostlyConstant ? largestConstant(program)
                    : peak(program), "the network needs " + needed + " bytes, " + program.arenaBytes()
                    + " of them for its arena and " + program.constantBytes() + " for constants; " + target.name()
                    + " has " + available + " bytes of memory beside a stack of " + target.stackBytes())
                    .because(mostlyConstant ? "the largest constants are " + largestConstants(program)
                            : "alive at this layer are " + residents(program))
                    .help("use smaller tensors or fewer filters and units there, or choose a target with more memory"));
        }
    }

    /**
     * E601 where the linker found that a memory is too small, which depends on the code; empty where a build failed for
     * another reason.
     */
    static Optional<Diagnostic> ofLinker(String log, Program program, Target target) {
        Matcher overflow = OVERFLOW.matcher(log);
        if (!overflow.find()) {
            return Optional.empty();
        }
        return Optional.of(Diagnostic.of(Code.E601, program.constantBytes() > program.arenaBytes()
                ? largestConstant(program) : peak(program), "with its code, the firmware is larger than the memory of "
                + target.name() + (overflow.group(1) == null ? "" : overflow.group(1)))
                .because("the network needs " + program.constantBytes() + " bytes for constants and "
                        + program.arenaBytes() + " for its arena, beside a stack of " + target.stackBytes()
                        + "; the largest constants are " + largestConstants(program))
                .help("use smaller tensors or fewer filters and units, compile with --optimise-for size, or choose a target "
                        + "with more memory"));
    }

    private static void checkRam(Program program, long available, String reason) {
        if (program.arenaBytes() <= available) {
            return;
        }
        throw new CompilationFailed(Diagnostic.of(Code.E601, peak(program), "the network needs an arena of at least "
                + program.arenaBytes() + " bytes; " + reason)
                .because("alive at this layer are " + residents(program))
                .help("use smaller tensors there, pool earlier, " + (program.options().inputs() == InputUse.ROWS ? ""
                        : "supply the inputs row by row with --inputs rows, ") + "or choose a target with more RAM"));
    }

    private static Span peak(Program program) {
        return program.peak().node().map(Node::span).orElseGet(() -> program.inputs().get(0).span());
    }

    private static String residents(Program program) {
        return program.peak().residents().stream().limit(MAX_LISTED)
                .map(resident -> resident.name() + " (" + resident.bytes() + " bytes, "
                        + lineOf(program, resident) + ")").collect(Collectors.joining(", "));
    }

    private static Span largestConstant(Program program) {
        return program.constants().stream().max(Comparator.comparingInt(array -> array.content().bytes()))
                .map(array -> spanOf(program, array)).orElseThrow();
    }

    private static String largestConstants(Program program) {
        return program.constants().stream()
                .sorted((a, b) -> Integer.compare(b.content().bytes(), a.content().bytes())).limit(MAX_LISTED)
                .map(array -> array.symbol() + " (" + array.content().bytes() + " bytes, line "
                        + spanOf(program, array).line() + ")").collect(Collectors.joining(", "));
    }

    private static String lineOf(Program program, Peak.Resident resident) {
        Optional<Span> span = resident.value().flatMap(value -> program.graph().nodes().stream()
                .filter(node -> node.output().id() == value.id()).map(Node::span).findFirst()
                .or(() -> program.inputs().stream().filter(port -> port.place().value().id() == value.id())
                        .map(port -> port.span()).findFirst()));
        return span.map(s -> s.isWholeFile() ? "tensor" : "line " + s.line()).orElse("scratch memory");
    }

    private static Span spanOf(Program program, ConstantArray array) {
        return program.graph().nodes().stream().filter(node -> node.name().equals(array.layer())).map(Node::span)
                .findFirst().orElseThrow();
    }

    private static void checkFlash(Program program, Target target, Memory flash) {
        if (program.constantBytes() <= flash.bytes()) {
            return;
        }
        throw new CompilationFailed(Diagnostic.of(Code.E601, largestConstant(program), "the constants need "
                + program.constantBytes() + " bytes; " + target.name() + " has " + flash.bytes() + " bytes of flash")
                .because("the largest are " + largestConstants(program))
                .help("use fewer filters or units in these layers, or choose a target with more flash"));
    }
}
