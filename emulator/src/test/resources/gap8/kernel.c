/*
 * On every core of the cluster: 4 output channels x 2 pixels of int8, as dot products in a hardware loop. Prints how
 * many products all cores together made in how many cycles, from barrier to barrier, and exits with the number of sums
 * that are not those of a plain loop.
 */
#include "qcc_pmsis.h"
#include "qcc_io.h"

#define LENGTH 2048
#define CHANNELS 4
#define PIXELS 2
#define SUMS (CHANNELS * PIXELS)

PI_L1 static int8_t weights[CHANNELS][LENGTH];
PI_L1 static int8_t pixels[PIXELS][LENGTH];
PI_L1 static int32_t sums[8][SUMS];
static uint32_t cycles;

static uint32_t now(void)
{
    uint32_t value;
    __asm__ volatile("csrr %0, mcycle" : "=r"(value));
    return value;
}

#define LOAD(target, pointer) ".insn i 0x0b, 2, " target ", 4(%[" pointer "])\n\t"
#define DOT(sum, w, x) ".insn r 0x57, 1, 0x5c, %[" sum "], " w ", " x "\n\t"

/* lp.setup 0, a5, the last dot product: count in a5, which is x15. */
#define LOOP ".4byte 0x407b | 15 << 15 | ((2f - .) >> 1) << 20\n\t"

static void kernel(int32_t *sum)
{
    const int8_t *w0 = weights[0];
    const int8_t *w1 = weights[1];
    const int8_t *w2 = weights[2];
    const int8_t *w3 = weights[3];
    const int8_t *x0 = pixels[0];
    const int8_t *x1 = pixels[1];
    int32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    register uint32_t passes __asm__("a5") = LENGTH / 4;
    __asm__ volatile(".option push\n\t.option norelax\n\t.option norvc\n\t" LOOP
                     LOAD("t1", "w0") LOAD("t2", "w1") LOAD("t3", "w2") LOAD("t4", "w3")
                     LOAD("t5", "x0") LOAD("t6", "x1")
                     DOT("s0", "t1", "t5") DOT("s1", "t2", "t5") DOT("s2", "t3", "t5") DOT("s3", "t4", "t5")
                     DOT("s4", "t1", "t6") DOT("s5", "t2", "t6") DOT("s6", "t3", "t6")
                     "2:\n\t" DOT("s7", "t4", "t6")
                     ".option pop"
                     : [w0] "+r"(w0), [w1] "+r"(w1), [w2] "+r"(w2), [w3] "+r"(w3), [x0] "+r"(x0), [x1] "+r"(x1),
                       [s0] "+r"(s0), [s1] "+r"(s1), [s2] "+r"(s2), [s3] "+r"(s3), [s4] "+r"(s4), [s5] "+r"(s5),
                       [s6] "+r"(s6), [s7] "+r"(s7)
                     : "r"(passes)
                     : "t1", "t2", "t3", "t4", "t5", "t6", "memory");
    sum[0] = s0;
    sum[1] = s1;
    sum[2] = s2;
    sum[3] = s3;
    sum[4] = s4;
    sum[5] = s5;
    sum[6] = s6;
    sum[7] = s7;
}

static void on_each(void *arg)
{
    (void)arg;
    const uint32_t id = pi_core_id();
    pi_cl_team_barrier();
    const uint32_t begin = now();
    kernel(sums[id]);
    pi_cl_team_barrier();
    if (id == 0) {
        cycles = now() - begin;
    }
}

static void on_cluster(void *arg)
{
    for (int i = 0; i < LENGTH; i++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
            weights[channel][i] = (int8_t)(i * 7 + channel * 31);
        }
        for (int pixel = 0; pixel < PIXELS; pixel++) {
            pixels[pixel][i] = (int8_t)(i * 11 - pixel * 57);
        }
    }
    pi_cl_team_fork(0, on_each, arg);
}

static void print_number(const char *name, uint32_t number)
{
    char text[12];
    int at = 11;
    text[at] = '\0';
    do {
        text[--at] = (char)('0' + number % 10u);
        number /= 10u;
    } while (number != 0u);
    qcc_io_print(name);
    qcc_io_print(text + at);
}

static void on_fabric_controller(void)
{
    struct pi_device cluster;
    struct pi_cluster_conf conf;
    struct pi_cluster_task task;
    pi_cluster_conf_init(&conf);
    pi_open_from_conf(&cluster, &conf);
    pi_cluster_open(&cluster);
    pi_cluster_send_task_to_cl(&cluster, pi_cluster_task(&task, on_cluster, 0));
    pi_cluster_close(&cluster);
}

static int wrong_sums(void)
{
    int wrong = 0;
    for (int sum = 0; sum < SUMS; sum++) {
        int32_t expected = 0;
        for (int i = 0; i < LENGTH; i++) {
            expected += weights[sum % CHANNELS][i] * pixels[sum / CHANNELS][i];
        }
        for (int core = 0; core < pi_cl_cluster_nb_cores(); core++) {
            wrong += sums[core][sum] != expected;
        }
    }
    return wrong;
}

int main(void)
{
    pmsis_kickoff((void *)(uintptr_t)on_fabric_controller);
    print_number("products ", (uint32_t)pi_cl_cluster_nb_cores() * SUMS * LENGTH);
    print_number(" cycles ", cycles);
    qcc_io_print("\n");
    return wrong_sums();
}
