package qcc.codegen;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import qcc.ir.Node;
import qcc.ir.Quantization;
import qcc.ir.Value;
import qcc.model.Goal;
import qcc.plan.MemoryPlan;
import qcc.plan.RowLayer;
import qcc.program.CNames;
import qcc.program.InputUse;
import qcc.program.Port;
import qcc.program.Program;
import qcc.target.Target;

/** A program and its target as templates see them. */
final class ModelView {
    private static final int MAX_LIBRARY_NAME = 50;

    private final Program program;
    private final Target target;
    private final String prefix;

    ModelView(Program program, Target target) {
        this.program = program;
        this.target = target;
        this.prefix = CNames.prefix(program.name());
    }

    Map<String, Object> view(List<Runner> emulators, List<Map<String, Object>> steps, List<String> headers) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", program.name());
        view.put("prefix", prefix);
        view.put("upper", prefix.toUpperCase(Locale.ROOT));
        view.put("library", library());
        List<Map<String, Object>> inputs = ports(program.inputs(), "input");
        List<Map<String, Object>> outputs = ports(program.outputs(), "output");
        for (int i = 0; i < outputs.size(); i++) {
            outputs.get(i).put("layer", layerOf(program.outputs().get(i).place().value()));
        }
        view.put("inputs", inputs);
        view.put("outputs", outputs);
        view.put("ports", Stream.concat(inputs.stream(), outputs.stream()).toList());
        Map<Boolean, List<Map<String, Object>>> bySupply = inputs.stream()
                .collect(Collectors.partitioningBy(input -> input.get("rows") != null));
        view.put("written", bySupply.get(false));
        view.put("supplied", bySupply.get(true).isEmpty() ? null : bySupply.get(true));
        view.put("addressed", Stream.concat(bySupply.get(false).stream(), outputs.stream()).toList());
        view.put("input_count", inputs.size());
        view.put("steps", steps);
        view.put("streams", StreamView.of(program));
        view.put("calls", StreamView.calls(program));
        view.put("layer_count", steps.size());
        view.put("headers", headers);
        view.put("arena_bytes", program.arenaBytes());
        view.put("cores", target.cluster().map(Target.Cluster::cores).orElse(null));
        view.put("local_bytes", program.localBytes());
        view.put("keeps_inputs", program.options().inputs() == InputUse.PRESERVED ? true : null);
        view.put("constant_bytes", program.constantBytes());
        view.put("macs", program.macs());
        view.put("peak", program.peak().node().map(node -> node.name()).orElse(null));
        view.put("storages", program.memory().storages().stream().map(this::storage).toList());
        addTarget(view, emulators);
        return view;
    }

    /** A name for library managers, unlike any of theirs; they set a limit to its length. */
    private String library() {
        String name = "qcc_" + prefix;
        return name.substring(0, Math.min(MAX_LIBRARY_NAME, name.length()));
    }

    private void addTarget(Map<String, Object> view, List<Runner> emulators) {
        boolean hosted = target.linkerScript().isEmpty();
        view.put("target", target.name());
        view.put("target_description", target.description());
        view.put("compiler", target.compiler());
        view.put("level", program.goal() == Goal.SIZE ? "-Os" : "-O2");
        view.put("cpu_flags", String.join(" ", target.cpuFlags()));
        view.put("link_flags", String.join(" ", target.linkFlags()));
        view.put("link_flag_list", Stream.concat(target.cpuFlags().stream(), target.linkFlags().stream()).toList());
        view.put("target_sources", target.sources().stream().map(path -> path.getFileName().toString()).toList());
        view.put("linker_script", target.linkerScript().map(path -> path.getFileName().toString()).orElse(null));
        view.put("cross", hosted ? null : true);
        view.put("cortex_m", target.isCortexM() ? true : null);
        view.put("emulators", emulators.stream().map(ModelView::runner).toList());
        view.put("openocd", target.openocd().orElse(null));
        view.put("sdk_sources", target.sdkSources().isEmpty() ? null : target.sdkSources().stream()
                .map(path -> path.getFileName().toString()).toList());
        view.put("memory_map", memoryMap());
        view.put("counter", target.counter().map(c -> Map.of("kind", c.kind().toUpperCase(Locale.ROOT),
                "address", c.address(), "mhz", c.mhz())).orElse(null));
    }

    private static Map<String, Object> runner(Runner emulator) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", emulator.name());
        view.put("program", emulator.program().isEmpty() ? null : emulator.program());
        view.put("command", emulator.command());
        return view;
    }

    private List<Map<String, String>> memoryMap() {
        List<Map<String, String>> symbols = new ArrayList<>();
        target.flash().ifPresent(flash -> {
            symbols.add(Map.of("name", "QCC_FLASH_ORIGIN", "value", flash.origin()));
            symbols.add(Map.of("name", "QCC_FLASH_SIZE", "value", flash.text()));
        });
        target.ram().ifPresent(ram -> {
            symbols.add(Map.of("name", "QCC_RAM_ORIGIN", "value", ram.origin()));
            symbols.add(Map.of("name", "QCC_RAM_SIZE", "value", ram.text()));
        });
        symbols.add(Map.of("name", "QCC_STACK_SIZE", "value", String.valueOf(target.stackBytes())));
        return symbols;
    }

    private static List<Map<String, Object>> ports(List<Port> ports, String kind) {
        return ports.stream().map(port -> port(port, kind)).toList();
    }

    private static Map<String, Object> port(Port port, String kind) {
        Quantization quantization = port.place().value().quantized();
        String function = port.function();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("kind", kind);
        view.put("name", port.name());
        view.put("function", function);
        view.put("upper", function.toUpperCase(Locale.ROOT));
        view.put("type", "int8_t");
        view.put("shape", port.place().value().shape().toString());
        view.put("size", port.place().bytes());
        view.put("offset", port.place().offset());
        view.put("scale", Float.toString((float) quantization.scale().toDouble()) + "f");
        view.put("inverse", Float.toString((float) (1 / quantization.scale().toDouble())));
        view.put("scale_text", quantization.scale().toString());
        view.put("zero", quantization.zeroPoint());
        view.put("rows", port.supplied() ? rows(port) : null);
        return view;
    }

    private static Map<String, Object> rows(Port input) {
        Value image = input.place().value();
        return Map.of("count", RowLayer.height(image), "bytes", RowLayer.pitch(image), "supply", RowsView.supply(input));
    }

    /** The number of the step that computes a value, seen through views; UINT32_MAX for what is an input. */
    private String layerOf(Value value) {
        for (Node node : program.graph().nodes()) {
            if (node.output().id() == value.id()) {
                return program.steps().stream().filter(step -> step.node().equals(node)).findFirst()
                        .map(step -> String.valueOf(step.index())).orElseGet(() -> layerOf(node.inputs().get(0)));
            }
        }
        return "UINT32_MAX";
    }

    private Map<String, Object> storage(MemoryPlan.Storage storage) {
        return Map.of("offset", storage.offset(), "bytes", storage.bytes(),
                "names", storage.values().stream().map(placed -> placed.value().name())
                        .collect(Collectors.joining(", ")),
                "lifetime", storage.lifetime().toString());
    }
}
