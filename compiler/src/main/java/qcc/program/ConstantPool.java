package qcc.program;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import qcc.ir.Node;
import qcc.ops.Constant;
import qcc.tensor.IntTensor;

/** Packs the constants of all steps for their kernels; arrays with the same content exist once. */
final class ConstantPool {
    private final List<ConstantArray> arrays = new ArrayList<>();
    private final Map<Content, String> symbols = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /**
     * @param reserved names that no array may have
     */
    ConstantPool(Collection<String> reserved) {
        taken.addAll(reserved);
    }

    /** What makes two arrays the same. */
    private record Content(Constant.CType type, IntTensor data) {
    }

    List<ConstantArray> arrays() {
        return arrays;
    }

    /** The symbols of a node's constants, by what they are for the kernel. */
    Map<String, String> add(Node node, KernelChoice kernel) {
        Map<String, String> result = new LinkedHashMap<>();
        for (Constant constant : kernel.constants()) {
            Content content = new Content(constant.type(), constant.data());
            String symbol = symbols.computeIfAbsent(content, c -> {
                String fresh = unique(CNames.identifier(node.name()) + "_" + constant.name());
                arrays.add(new ConstantArray(fresh, node.name(), constant));
                return fresh;
            });
            result.put(constant.name(), symbol);
        }
        return result;
    }

    /** Different layer names may become the same identifier. */
    private String unique(String wanted) {
        String symbol = wanted;
        for (int i = 2; !taken.add(symbol); i++) {
            symbol = wanted + "_" + i;
        }
        return symbol;
    }
}
