# SPDX-FileCopyrightText: The VirtDeck authors
# SPDX-License-Identifier: GPL-3.0-or-later

# Settings and helper functions that every target of VirtDeck shares.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_AUTOMOC ON)
set(CMAKE_AUTORCC ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib)

if(VIRTDECK_QUICK_TOOLS)
    find_program(CCACHE_PROGRAM ccache)
    if(CCACHE_PROGRAM)
        set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
    endif()
    find_program(LLD_PROGRAM ld.lld)
    if(LLD_PROGRAM)
        add_link_options(-fuse-ld=lld)
    endif()
endif()

add_library(virtdeck-options INTERFACE)
target_compile_options(virtdeck-options INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual
    -Wsuggest-override -Wduplicated-cond -Wlogical-op -Wextra-semi)
target_compile_definitions(virtdeck-options INTERFACE
    QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_URL_CAST_FROM_STRING
    QT_NO_FOREACH QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_DISABLE_DEPRECATED_BEFORE=0x060400
    VIRTDECK_VERSION="${PROJECT_VERSION}")
target_include_directories(virtdeck-options INTERFACE ${CMAKE_SOURCE_DIR})

# virtdeck_library(NAME [STATIC] [FOLDERS folder...] LINK target...)
# One library from every .cpp and .h of the given folders (default: the current one, not its
# subfolders); shared where VIRTDECK_SHARED says so, as it does in the presets that build every test:
# linked statically, those programs took 25 GB and most of the build's time. (It is not
# BUILD_SHARED_LIBS, which distributions set for all they build: our libraries are not installed.) Sources are globbed with CONFIGURE_DEPENDS: a folder is a library, so a list of its
# files would only repeat what the folder says.
function(virtdeck_library name)
    cmake_parse_arguments(ARG "STATIC" "" "FOLDERS;LINK" ${ARGN})
    if(NOT ARG_FOLDERS)
        set(ARG_FOLDERS .)
    endif()
    set(sources)
    foreach(folder IN LISTS ARG_FOLDERS)
        file(GLOB found CONFIGURE_DEPENDS ${folder}/*.cpp ${folder}/*.h)
        list(APPEND sources ${found})
    endforeach()
    if(NOT sources)
        add_library(${name} INTERFACE) # a room that is planned, not furnished
        target_link_libraries(${name} INTERFACE virtdeck-options ${ARG_LINK})
        return()
    endif()
    set(kind STATIC)
    if(VIRTDECK_SHARED AND NOT ARG_STATIC)
        set(kind SHARED)
    endif()
    add_library(${name} ${kind} ${sources})
    target_link_libraries(${name} PUBLIC virtdeck-options ${ARG_LINK})
endfunction()

# virtdeck_program(NAME SOURCES file... LINK target...)
function(virtdeck_program name)
    cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
    add_executable(${name} ${ARG_SOURCES})
    target_link_libraries(${name} PRIVATE virtdeck-options ${ARG_LINK})
endfunction()

# virtdeck_wayland_protocols(NAME file.xml...)
# A library of the client's side of the protocols: <file>.h, and their tables, which are C.
function(virtdeck_wayland_protocols name)
    find_program(WAYLAND_SCANNER wayland-scanner REQUIRED)
    add_library(${name} STATIC)
    set_target_properties(${name} PROPERTIES AUTOMOC OFF POSITION_INDEPENDENT_CODE ON)
    target_include_directories(${name} SYSTEM PUBLIC ${CMAKE_CURRENT_BINARY_DIR})
    target_link_libraries(${name} PUBLIC PkgConfig::WAYLAND)
    foreach(xml IN LISTS ARGN)
        get_filename_component(protocol ${xml} NAME_WE)
        set(out ${CMAKE_CURRENT_BINARY_DIR}/${protocol})
        add_custom_command(OUTPUT ${out}.h ${out}.c DEPENDS ${xml}
            COMMAND ${WAYLAND_SCANNER} client-header ${xml} ${out}.h
            COMMAND ${WAYLAND_SCANNER} private-code ${xml} ${out}.c)
        target_sources(${name} PRIVATE ${out}.h ${out}.c)
    endforeach()
endfunction()
