/*
 * gap8/qcc_pmsis.h on the harts of QEMU's board "virt": hart 0 is the fabric controller and core 0 of the cluster, and the DMA
 * is a copy. The harts have no atomic instructions: each has flags of its own, and they wake one another by interrupts
 * between processors, which are never taken.
 */
#include "qcc_pmsis.h"

#define HARTS 8u

/* The interrupt of hart i, in the core-local interruptor; 1: it is pending. */
#define SOFTWARE_INTERRUPT(i) (((volatile uint32_t *)0x02000000u)[i])
/* Its bit in the registers mie and mip. */
#define SOFTWARE_INTERRUPT_BIT 8u

void virt_hart(uint32_t hart);

static struct {
    void (*entry)(void *);
    void *arg;
    uint32_t cores;
} team;

static volatile uint32_t has_work[HARTS];
static volatile uint32_t has_arrived[HARTS];
static volatile uint32_t barriers; /* that have been passed */

#define FENCE() __asm__ volatile("fence" ::: "memory")

static void wake(uint32_t hart)
{
    FENCE();
    SOFTWARE_INTERRUPT(hart) = 1;
}

/* Until another hart wakes this one, or has done so already. */
static void sleep_once(uint32_t hart)
{
    uint32_t pending;
    __asm__ volatile("csrr %0, mip" : "=r"(pending));
    if ((pending & SOFTWARE_INTERRUPT_BIT) == 0u) {
        __asm__ volatile("wfi");
    }
    SOFTWARE_INTERRUPT(hart) = 0;
    FENCE();
}

void virt_hart(uint32_t hart)
{
    __asm__ volatile("csrw mie, %0" : : "r"(SOFTWARE_INTERRUPT_BIT));
    for (;;) {
        while (has_work[hart] == 0u) {
            sleep_once(hart);
        }
        has_work[hart] = 0;
        FENCE();
        team.entry(team.arg);
        pi_cl_team_barrier();
    }
}

int pi_cluster_open(struct pi_device *device)
{
    (void)device;
    __asm__ volatile("csrw mie, %0" : : "r"(SOFTWARE_INTERRUPT_BIT));
    return 0;
}

int pi_cluster_send_task_to_cl(struct pi_device *device, struct pi_cluster_task *task)
{
    (void)device;
    task->entry(task->arg);
    return 0;
}

uint32_t pi_core_id(void)
{
    uint32_t hart;
    __asm__("csrr %0, mhartid" : "=r"(hart));
    return hart;
}

int pi_cl_cluster_nb_cores(void)
{
    return (int)HARTS;
}

void pi_cl_team_fork(int cores, void (*entry)(void *), void *arg)
{
    team.entry = entry;
    team.arg = arg;
    team.cores = cores == 0 ? HARTS : (uint32_t)cores;
    for (uint32_t hart = 1; hart < team.cores; hart++) {
        has_work[hart] = 1;
        wake(hart);
    }
    entry(arg);
    pi_cl_team_barrier();
}

void pi_cl_team_barrier(void)
{
    const uint32_t hart = pi_core_id(), passed = barriers;
    if (hart != 0u) {
        FENCE();
        has_arrived[hart] = 1;
        wake(0);
        while (barriers == passed) {
            sleep_once(hart);
        }
        return;
    }
    for (uint32_t other = 1; other < team.cores; other++) {
        while (has_arrived[other] == 0u) {
            sleep_once(0);
        }
        has_arrived[other] = 0;
    }
    FENCE();
    barriers = passed + 1u;
    for (uint32_t other = 1; other < team.cores; other++) {
        wake(other);
    }
}

int pi_cl_team_nb_cores(void)
{
    return (int)team.cores;
}

void pi_cl_dma_cmd_2d(uint32_t ext, uint32_t loc, uint32_t size, uint32_t stride, uint32_t length,
                      pi_cl_dma_dir_e dir, pi_cl_dma_cmd_t *cmd)
{
    for (uint32_t i = 0; i < size; i++) {
        uint8_t *far = (uint8_t *)(ext + i / length * stride + i % length), *near = (uint8_t *)(loc + i);
        if (dir == PI_CL_DMA_DIR_EXT2LOC) {
            *near = *far;
        } else {
            *far = *near;
        }
    }
    cmd->id = 0;
}

void pi_cl_dma_cmd_wait(pi_cl_dma_cmd_t *cmd)
{
    (void)cmd;
}
