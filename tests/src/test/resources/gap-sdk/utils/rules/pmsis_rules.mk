# Stands in for the vendor's SDK, which cannot be had: the variables and goals that its users know, PMSIS on qcc's own
# runtime under other names, the stock compiler, and qcc's simulator in place of GVSOC. As there, objects are in a folder
# of the SDK's choice, and a firmware runs in that folder.
#
# STANDIN_QCC: qcc's repository. STANDIN_CLASSES: the simulator's classes. STANDIN_CFLAGS: options of the chip.

STANDIN := $(abspath $(dir $(lastword $(MAKEFILE_LIST)))/../..)
BUILDDIR = $(CURDIR)/BUILD/GAP8
BIN = $(BUILDDIR)/$(APP)

STANDIN_CC = riscv64-unknown-elf-gcc -march=rv32imc -misa-spec=2.2 -mabi=ilp32 -msmall-data-limit=0 -ffreestanding
STANDIN_TARGETS = $(STANDIN_QCC)/targets
STANDIN_RUNTIME = $(addprefix $(STANDIN_TARGETS)/gap8/,startup.c pmsis.c pmsis_device.c) \
    $(addprefix $(STANDIN_TARGETS)/common/,qcc_io.c qcc_console.c qcc_libc.c) $(STANDIN)/runtime/runtime.c
STANDIN_LINK = -nostartfiles -nolibc -Wl,--fatal-warnings -T $(STANDIN_TARGETS)/gap8/linker.ld \
    -Wl,--defsym=QCC_RAM_ORIGIN=0x1C000000 -Wl,--defsym=QCC_RAM_SIZE=512K -Wl,--defsym=QCC_STACK_SIZE=8K

OBJECTS = $(APP_SRCS:%.c=$(BUILDDIR)/%.o) $(patsubst %.c,$(BUILDDIR)/runtime/%.o,$(notdir $(STANDIN_RUNTIME)))

vpath %.c $(sort $(dir $(STANDIN_RUNTIME)))

all: $(BIN)

$(BIN): $(OBJECTS)
	$(STANDIN_CC) $^ $(STANDIN_LINK) -o $@

$(BUILDDIR)/runtime/%.o: %.c
	@mkdir -p $(@D)
	$(STANDIN_CC) -O2 -include $(STANDIN)/runtime/names.h -I$(STANDIN_TARGETS)/gap8 -I$(STANDIN_TARGETS)/common -c $< -o $@

# The application's folders come first: a pmsis.h of its own would hide the SDK's.
$(BUILDDIR)/%.o: %.c
	@mkdir -p $(@D)
	$(STANDIN_CC) $(STANDIN_CFLAGS) $(APP_CFLAGS) -I$(STANDIN)/include -c $< -o $@

run:
	@test "$(platform)" = gvsoc || { echo "no board here"; exit 9; }
	cd $(BUILDDIR) && java -cp $(STANDIN_CLASSES) qcc.gap8.Main --quiet $(BIN)

clean:
	rm -rf $(BUILDDIR)

.PHONY: all run clean
