# Stands in for Zephyr: what a module's CMake file may call, as far as it can be without a kernel. A program of the host,
# or with a cross compiler just the libraries. Settings are read from prj.conf.
enable_language(C)
set(CMAKE_C_STANDARD 99)
file(STRINGS ${CMAKE_CURRENT_SOURCE_DIR}/prj.conf settings REGEX "^CONFIG_[A-Z0-9_]+=")
foreach(setting ${settings} ${MORE_SETTINGS})
    string(REGEX MATCH "^(CONFIG_[A-Z0-9_]+)=(.*)" _ ${setting})
    set(${CMAKE_MATCH_1} ${CMAKE_MATCH_2})
endforeach()

add_library(zephyr_interface INTERFACE)
function(zephyr_include_directories)
    foreach(folder ${ARGN})
        target_include_directories(zephyr_interface INTERFACE ${CMAKE_CURRENT_SOURCE_DIR}/${folder})
    endforeach()
endfunction()

macro(zephyr_library_named name)
    set(ZEPHYR_CURRENT_LIBRARY ${name})
    add_library(${name} STATIC "")
    target_link_libraries(${name} PUBLIC zephyr_interface)
    set_property(GLOBAL APPEND PROPERTY module_libraries ${name})
endmacro()

function(zephyr_library_sources)
    target_sources(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_include_directories)
    target_include_directories(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_compile_options)
    target_compile_options(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

function(zephyr_library_compile_definitions)
    target_compile_definitions(${ZEPHYR_CURRENT_LIBRARY} PRIVATE ${ARGN})
endfunction()

foreach(module ${ZEPHYR_EXTRA_MODULES})
    file(STRINGS ${module}/zephyr/module.yml place REGEX "^  cmake: ")
    string(REGEX REPLACE "^  cmake: " "" place ${place})
    add_subdirectory(${module}/${place} modules)
endforeach()

get_property(libraries GLOBAL PROPERTY module_libraries)
add_executable(app EXCLUDE_FROM_ALL)
target_link_libraries(app ${libraries} zephyr_interface)
