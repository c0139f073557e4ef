/*
 * On every core of the cluster, the inner loop of the convolutions: 4 output channels x 2 pixels of int8. Prints how many
 * products all cores together made in how many cycles, from barrier to barrier, and exits with the number of sums
 * that are not those of a plain loop.
 */
#define QCC_XPULP
#include "qcc_pulp.h"
#include "qcc_pmsis.h"
#include "qcc_io.h"

#define LENGTH 2048
#define CHANNELS 4
#define PIXELS 2
#define SUMS (CHANNELS * PIXELS)

PI_L1 static int8_t weights[CHANNELS * LENGTH]; /* packed */
PI_L1 static int8_t pixels[PIXELS][LENGTH];
PI_L1 static int32_t sums[8][SUMS];
static uint32_t cycles;

static uint32_t now(void)
{
    uint32_t value;
    __asm__ volatile("csrr %0, mcycle" : "=r"(value));
    return value;
}

/* Where packed weight i of a channel is. */
static int place(int channel, int i)
{
    return i / 4 * 4 * CHANNELS + channel * 4 + i % 4;
}

static void kernel(int32_t *sum)
{
    const int8_t *w = weights;
    int32_t acc[SUMS] = {0, 0, 0, 0, 0, 0, 0, 0};
    qcc_pulp_run_4x2(&w, pixels[0], pixels[1], LENGTH / 4, 4, acc);
    for (int i = 0; i < SUMS; i++) {
        sum[i] = acc[i];
    }
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
            weights[place(channel, i)] = (int8_t)(i * 7 + channel * 31);
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
            expected += weights[place(sum % CHANNELS, i)] * pixels[sum / CHANNELS][i];
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
