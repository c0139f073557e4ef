/* qcc_pmsis.h on the registers of the simulator, see gap8.h. */
#include "qcc_pmsis.h"

#include "gap8.h"

/* Events: a core of the cluster has work; the fabric controller's task has ended. */
#define EVENT_WORK 1u
#define EVENT_DONE 2u

void gap8_cluster_core(uint32_t core);

static struct pi_cluster_task *current_task;

/* What the cores of a team run; in L1, where all of them read it at once. */
PI_L1 static struct {
    void (*entry)(void *);
    void *arg;
    int cores;
} team;

/* The registers that the cores share with the memory must not be reached before what is written earlier. */
#define ORDERED() __asm__ volatile("" ::: "memory")

int pi_cluster_open(struct pi_device *device)
{
    (void)device;
    return 0;
}

static void wait_for(uint32_t event)
{
    GAP8_EVENT_MASK = event;
    (void)GAP8_EVENT_WAIT;
    ORDERED();
}

static void send(uint32_t core, uint32_t event)
{
    ORDERED();
    GAP8_EVENT_SEND(core) = event;
}

int pi_cluster_send_task_to_cl(struct pi_device *device, struct pi_cluster_task *task)
{
    (void)device;
    current_task = task;
    send(0, EVENT_WORK);
    wait_for(EVENT_DONE);
    return 0;
}

void gap8_cluster_core(uint32_t core)
{
    for (;;) {
        wait_for(EVENT_WORK);
        if (core == 0) {
            current_task->entry(current_task->arg);
            send(GAP8_FABRIC_CONTROLLER, EVENT_DONE);
        } else {
            team.entry(team.arg);
            pi_cl_team_barrier();
        }
    }
}

uint32_t pi_core_id(void)
{
    uint32_t id;
    __asm__("csrr %0, mhartid" : "=r"(id));
    return id & 31u;
}

int pi_cl_cluster_nb_cores(void)
{
    return (int)GAP8_CLUSTER_CORES;
}

void pi_cl_team_fork(int cores, void (*entry)(void *), void *arg)
{
    const uint32_t count = cores == 0 ? GAP8_CLUSTER_CORES : (uint32_t)cores;
    team.entry = entry;
    team.arg = arg;
    team.cores = (int)count;
    GAP8_BARRIER_TEAM = (1u << count) - 1u;
    for (uint32_t core = 1; core < count; core++) {
        send(core, EVENT_WORK);
    }
    entry(arg);
    pi_cl_team_barrier();
}

void pi_cl_team_barrier(void)
{
    ORDERED();
    (void)GAP8_BARRIER_WAIT;
    ORDERED();
}

int pi_cl_team_nb_cores(void)
{
    return team.cores;
}

void pi_cl_dma_cmd_2d(uint32_t ext, uint32_t loc, uint32_t size, uint32_t stride, uint32_t length,
                      pi_cl_dma_dir_e dir, pi_cl_dma_cmd_t *cmd)
{
    GAP8_DMA_EXTERNAL = ext;
    GAP8_DMA_LOCAL = loc;
    GAP8_DMA_SIZE = size;
    GAP8_DMA_LENGTH = length;
    GAP8_DMA_STRIDE = stride;
    ORDERED();
    GAP8_DMA_START = (uint32_t)dir;
    cmd->id = GAP8_DMA_START;
}

void pi_cl_dma_cmd_wait(pi_cl_dma_cmd_t *cmd)
{
    GAP8_DMA_WAIT = cmd->id;
    ORDERED();
}
