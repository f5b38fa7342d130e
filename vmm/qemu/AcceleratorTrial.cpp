// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "vmm/qemu/AcceleratorTrial.h"

#include <QString>

#include <cstddef>

#if defined(__x86_64__)
// The code sits at 0xff000, where a PC's firmware ends up; the processor starts 16 bytes before its
// end. Page tables: one 2 MiB page in which everything lies, at addresses that are zero at reset.
// clang-format off
asm(R"(
    .pushsection .rodata
    .globl virtdeckTrialBegin
    .globl virtdeckTrialEnd
    .hidden virtdeckTrialBegin
    .hidden virtdeckTrialEnd
virtdeckTrialBegin:
    .code16
    cli
    lgdtl %cs:(8f - virtdeckTrialBegin + 0xf000)
    movl %cr0, %eax
    orb $1, %al                                # protected mode
    movl %eax, %cr0
    ljmpl $8, $(0xff000 + 2f - virtdeckTrialBegin)
2:  .code32
    movw $16, %ax
    movw %ax, %ds
    movl $0x2003, 0x1000                       # three levels of page tables
    movl $0x3003, 0x2000
    movl $0x83, 0x3000                         # and the one large page
    movl %cr4, %eax
    orb $0x20, %al                             # physical address extension
    movl %eax, %cr4
    movl $0x1000, %eax
    movl %eax, %cr3
    movl $0xc0000080, %ecx
    rdmsr
    orl $0x100, %eax                           # long mode
    wrmsr
    movl %cr0, %eax
    orl $0x80000000, %eax                      # paging
    movl %eax, %cr0
    ljmpl $24, $(0xff000 + 3f - virtdeckTrialBegin)
3:  .code64
    movl $20000000, %ecx                       # the work
4:  decl %ecx
    jnz 4b
    movl $0x55, %eax                           # isa-debug-exit: QEMU ends with (0x55 << 1) | 1
    outl %eax, $0xf4
5:  hlt
    jmp 5b
    .balign 8
7:  .quad 0, 0x00cf9a000000ffff, 0x00cf92000000ffff, 0x00af9a000000ffff
8:  .word 31
    .long 0xff000 + 7b - virtdeckTrialBegin
virtdeckTrialEnd:
    .popsection
    .code64
)");
// clang-format on

extern "C" {
extern const char virtdeckTrialBegin[];
extern const char virtdeckTrialEnd[];
}
#endif

namespace vmm::trial {

QByteArray firmware()
{
#if defined(__x86_64__)
    constexpr qsizetype kSize = 0x10000;
    constexpr qsizetype kCode = 0xf000;
    constexpr qsizetype kReset = 0xfff0;
    const std::ptrdiff_t length = virtdeckTrialEnd - virtdeckTrialBegin;
    QByteArray image(kSize, '\0');
    image.replace(kCode, length, QByteArray(virtdeckTrialBegin, length));
    image.replace(kReset, 3, QByteArray::fromHex("e90df0")); // jmp 0xf000
    return image;
#else
    return {};
#endif
}

QStringList arguments(const QString& firmwareFile, const QString& accelerator, const QString& cpu)
{
    return { QStringLiteral("-nodefaults"), QStringLiteral("-no-user-config"),
        QStringLiteral("-display"), QStringLiteral("none"), QStringLiteral("-machine"),
        QStringLiteral("pc"), QStringLiteral("-accel"), accelerator, QStringLiteral("-cpu"), cpu,
        QStringLiteral("-m"), QStringLiteral("16"), QStringLiteral("-bios"), firmwareFile,
        QStringLiteral("-device"), QStringLiteral("isa-debug-exit,iobase=0xf4,iosize=4") };
}

} // namespace vmm::trial
