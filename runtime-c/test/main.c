#include "check.h"
#include "suites.h"

#include <stdio.h>

int main(void) {
    test_requantize();
    test_convolution();
    test_packed();
    test_depthwise();
    test_cores();
    test_pulp();
    test_elementwise();
    test_pool();
    test_movement();
    test_tflite();
    test_wide();
    test_stream();
    test_literal();
    suite("end");
    printf("ok: %ld cases, %ld values compared\n", (long)cases(), (long)compared());
    return 0;
}
