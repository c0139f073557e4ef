package qcc.driver;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    private FitCheck() {
    }

    static void check(Program program, Target target) {
        target.ram().map(Memory::bytes).ifPresent(ram -> checkRam(program, ram - target.stackBytes(), target.name()
                + " has " + (ram - target.stackBytes()) + " bytes of RAM beside a stack of " + target.stackBytes()));
        program.options().budget().ifPresent(budget -> checkRam(program, budget, "the budget is " + budget));
        target.flash().ifPresent(flash -> checkFlash(program, target, flash));
    }

    private static void checkRam(Program program, long available, String reason) {
        if (program.arenaBytes() <= available) {
            return;
        }
        Peak peak = program.peak();
        String residents = peak.residents().stream().limit(MAX_LISTED)
                .map(resident -> resident.name() + " (" + resident.bytes() + " bytes, "
                        + lineOf(program, resident) + ")").collect(Collectors.joining(", "));
        Span span = peak.node().map(Node::span).orElseGet(() -> program.inputs().get(0).span());
        throw new CompilationFailed(Diagnostic.of(Code.E601, span, "the network needs an arena of at least "
                + program.arenaBytes() + " bytes; " + reason)
                .because("alive at this layer are " + residents)
                .help("use smaller tensors there, pool earlier, " + (program.options().inputs() == InputUse.ROWS ? ""
                        : "supply the inputs row by row with --inputs rows, ") + "or choose a target with more RAM"));
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
        List<String> largest = program.constants().stream()
                .sorted((a, b) -> Integer.compare(b.content().bytes(), a.content().bytes())).limit(MAX_LISTED)
                .map(array -> array.symbol() + " (" + array.content().bytes() + " bytes, line "
                        + spanOf(program, array).line() + ")").toList();
        Span span = program.constants().stream().max(Comparator.comparingInt(array -> array.content().bytes()))
                .map(array -> spanOf(program, array)).orElseThrow();
        throw new CompilationFailed(Diagnostic.of(Code.E601, span, "the constants need "
                + program.constantBytes() + " bytes; " + target.name() + " has " + flash.bytes() + " bytes of flash")
                .because("the largest are " + String.join(", ", largest))
                .help("use fewer filters or units in these layers, or choose a target with more flash"));
    }
}
