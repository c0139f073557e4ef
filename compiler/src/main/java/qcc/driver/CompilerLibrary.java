package qcc.driver;

import java.util.Map;

/**
 * The stack that the functions of gcc's own library need, which kernels call for divisions and long products on cores
 * without such instructions. The library comes compiled, without gcc's files about stacks: a test adds up what its code
 * pushes.
 */
final class CompilerLibrary {
    /** Bytes, by the name of the function; the most of Arm's cores from v6-M to v8-M, rounded up to eight. */
    static final Map<String, Long> STACK = Map.of(
            "__aeabi_idiv", 8L, "__aeabi_idivmod", 8L, "__aeabi_uidiv", 8L, "__aeabi_uidivmod", 8L,
            "__aeabi_lmul", 32L, "__aeabi_ldivmod", 112L, "__aeabi_uldivmod", 96L);

    private CompilerLibrary() {
    }
}
