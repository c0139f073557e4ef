package qcc.gap8;

/** Sees every instruction after its execution. */
interface Observer {

    /** @param cost cycles, without those in which the core then sleeps */
    void executed(Core core, int pc, int slot, int cost);
}
