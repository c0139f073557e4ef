/*
 * One of the programs in the folder test, as an application of PMSIS: its main runs on the fabric controller, once the
 * system is up. Without QCC_PROGRAM, the name of its file, the application has a main of its own.
 */
#include <qcc_pmsis.h>

#ifdef QCC_PROGRAM

#define main qcc_program
#include QCC_PROGRAM
#undef main

static void start(void)
{
    pmsis_exit(qcc_program());
}

int main(void)
{
    return pmsis_kickoff((void *)start);
}

#endif
