# qcc_io for firmware that runs in Renode: calls of its functions are carried out here, as semihosting does in QEMU, so
# that one and the same ELF file runs in both. For Renode 1.14 and later, whose Python is IronPython 2.7.
#
#   qcc_attach FOLDER TEXT  after LoadELF: takes the functions over. Files that the firmware opens are relative to
#                           FOLDER; what it prints goes to the file TEXT, its end to TEXT.end: exit code, instructions.
#   qcc_status              prints `running N` or `ended CODE N`; N instructions have been executed.
#   qcc_run                 lets the firmware run until it ends, however long that takes.
import System
from System.IO import File, FileMode, FileStream, Path
from Antmicro.Renode.Peripherals.CPU import RegisterValue
from Antmicro.Renode.Peripherals.UART import IUART

QCC_MAX_TEXT = 4 << 20  # bytes; a firmware that never stops printing must not fill the disk
QCC_CHUNK = 64
QCC_FAILED = 125        # the exit code when it is not the firmware that failed
QCC_COUNTING = ("qcc_profile_begin", "qcc_footprint_count")


class QccWorld:
    def __init__(self, cpu, folder, text):
        self.cpu = cpu
        self.folder = folder
        self.end = text + ".end"
        self.files = {}
        self.code = None
        self.text = FileStream(text, FileMode.Create)
        names = ["open", "read", "write", "close", "exit"]
        if self.address_of("qcc_uart_prepare") is None:
            names.append("print")
        else:
            self.listen()
        for name in names:
            self.take_over("qcc_io_" + name, getattr(self, "io_" + name))
        # Instructions are counted in blocks: a firmware that reads the count needs blocks of one.
        if [name for name in QCC_COUNTING if self.address_of(name) is not None]:
            cpu.MaximumBlockSize = 1

    # A board prints by its UART, whichever that is.
    def listen(self):
        for uart in self.cpu.GetMachine().GetPeripheralsOfType[IUART]():
            uart.CharReceived += lambda byte: self.say(chr(byte))

    # None where the linker has left a function out.
    def address_of(self, symbol):
        try:
            return self.cpu.Bus.GetSymbolAddress(symbol)
        except System.Exception:
            return None

    # The function's own code is skipped: its arguments are read from the registers, the result goes to r0.
    def take_over(self, symbol, function):
        address = self.address_of(symbol)
        if address is None:
            return

        def hook(cpu, pc):
            try:
                result = function(*[int(self.cpu.R[i].RawValue) for i in range(3)])
            except (Exception, System.Exception) as e:
                self.say("\nqcc: %s in Renode: %s\n" % (symbol, e))
                self.stop(QCC_FAILED)
            if self.code is None:
                self.cpu.R[0] = RegisterValue.Create(result & 0xFFFFFFFF, 32)
                self.cpu.PC = self.cpu.LR
        self.cpu.AddHook(address, hook)

    def say(self, text):
        if self.text.Length < QCC_MAX_TEXT:
            data = System.Array[System.Byte]([ord(c) & 255 for c in text])
            self.text.Write(data, 0, data.Length)
            self.text.Flush()

    def stop(self, code):
        self.code = code
        self.cpu.IsHalted = True
        for stream in list(self.files.values()) + [self.text]:
            stream.Close()
        File.WriteAllText(self.end, "%d %d\n" % (code, self.cpu.ExecutedInstructions))

    def text_at(self, address):
        text = []
        while True:
            for byte in self.cpu.Bus.ReadBytes(address, QCC_CHUNK):
                if byte == 0:
                    return "".join(text)
                text.append(chr(byte))
            address += QCC_CHUNK

    def io_print(self, text, _1, _2):
        self.say(self.text_at(text))
        return 0

    def io_open(self, path, write, _2):
        full = Path.Combine(self.folder, self.text_at(path))
        try:
            stream = FileStream(full, FileMode.Create) if write else File.OpenRead(full)
        except System.Exception:
            return -1
        handle = max([0] + list(self.files)) + 1
        self.files[handle] = stream
        return handle

    def io_read(self, handle, address, size):
        stream = self.files.get(handle)
        if stream is None or not stream.CanRead:
            return 0
        data = System.Array.CreateInstance(System.Byte, size)
        count = stream.Read(data, 0, size)
        if count > 0:
            self.cpu.Bus.WriteBytes(data, System.UInt64(address), System.Int64(count))
        return count

    def io_write(self, handle, address, size):
        stream = self.files.get(handle)
        if stream is None or not stream.CanWrite:
            return 0
        try:
            stream.Write(self.cpu.Bus.ReadBytes(address, size), 0, size)
            stream.Flush()
            return size
        except System.IO.IOException:
            return 0  # the disk is full, for one

    def io_close(self, handle, _1, _2):
        if handle in self.files:
            self.files.pop(handle).Close()
        return 0

    def io_exit(self, code, _1, _2):
        self.stop(code & 255)
        return 0


def mc_qcc_attach(folder, text):
    global qcc_world
    qcc_world = QccWorld(self.Machine["sysbus.cpu"], str(folder), str(text))
    print("attached")


def mc_qcc_status():
    state = "running" if qcc_world.code is None else "ended %d" % qcc_world.code
    print("%s %d" % (state, qcc_world.cpu.ExecutedInstructions))


def mc_qcc_run():
    while qcc_world.code is None:
        monitor.Parse('emulation RunFor "0.1"')
