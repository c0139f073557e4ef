package qcc.report.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import qcc.plan.MemoryPlan;
import qcc.program.Program;
import qcc.program.RamChoice;
import qcc.report.AddressMap;
import qcc.report.Cell;
import qcc.report.Numbers;
import qcc.report.Section;
import qcc.report.Table;

/** Where every tensor lies in the arena, and when. */
final class MemorySection {
    private MemorySection() {
    }

    static Section of(Program program) {
        MemoryPlan plan = program.memory();
        int steps = program.planned().nodes().size();
        List<AddressMap.Place> places = new ArrayList<>();
        for (MemoryPlan.Storage storage : plan.storages()) {
            for (MemoryPlan.PlacedValue placed : storage.values()) {
                places.add(place(placed, storage.offset() + storage.bytes(), steps));
            }
        }
        for (Map.Entry<String, MemoryPlan.Scratch> scratch : plan.scratch().entrySet()) {
            places.add(new AddressMap.Place(scratch.getKey(), scratch.getValue().offset(), scratch.getValue().bytes(),
                    scratch.getValue().step(), scratch.getValue().step(), true));
        }
        return section(plan, steps, places);
    }

    /** What less RAM would cost, and more would save. */
    static Section choice(Program program) {
        Table table = new Table(List.of(Table.Column.number("Arena"), Table.Column.bar(""), Table.Column.text("Cost"),
                Table.Column.text("")));
        List<RamChoice.Option> options = program.choice().options();
        for (int i = 0; i < options.size(); i++) {
            RamChoice.Option option = options.get(i);
            table.row(List.of(Cell.of(option.bytes()), Cell.bar((double) option.bytes() / options.get(0).bytes(),
                    Optional.empty()), Cell.of(option.cost()), Cell.of(i == program.choice().taken() ? "taken" : "")));
        }
        return Section.of("RAM against instructions", "The arenas that the compiler chose from: layers that compute their "
                + "rows in turn need less memory and more instructions, here estimated. --ram-budget and --optimise-for "
                + "take others.", table);
    }

    /** A tensor reaches no further than the storage that holds it. */
    private static AddressMap.Place place(MemoryPlan.PlacedValue placed, long end, int steps) {
        int last = Math.max(0, Math.min(steps - 1, placed.lifetime().last()));
        return new AddressMap.Place(placed.value().name(), placed.offset(),
                Math.min(placed.value().bytes(), end - placed.offset()),
                Math.min(last, Math.max(0, placed.lifetime().first())), last, false);
    }

    private static Section section(MemoryPlan plan, int steps, List<AddressMap.Place> places) {
        return Section.of("Memory over time", "Every tensor of the arena, from the step that writes its first byte to the "
                + "step that reads its last one. Outputs may overlap inputs that are read before they are written over; "
                + "dashed rectangles are working memory, rings of streams included.",
                new AddressMap("Arena of " + Numbers.count(plan.arenaBytes()) + " bytes, step by step", steps,
                        Math.max(1, plan.arenaBytes()), places));
    }
}
