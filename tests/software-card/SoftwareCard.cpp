// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later

// To be preloaded: whoever has libcacard look for smartcards is given those that VIRTDECK_TEST_CARD
// describes, in libcacard's words, in place of this computer's.

#include <dlfcn.h>

#include <cstdlib>

extern "C" {

// As in <vcard_emul.h>.
struct VCardEmulOptionsStruct;

int vcard_emul_init(const VCardEmulOptionsStruct* options)
{
    using Init = int (*)(const VCardEmulOptionsStruct*);
    using Parse = VCardEmulOptionsStruct* (*)(const char*);
    static const auto init = reinterpret_cast<Init>(::dlsym(RTLD_NEXT, "vcard_emul_init"));
    static const auto parse = reinterpret_cast<Parse>(::dlsym(RTLD_NEXT, "vcard_emul_options"));
    const char* const card = std::getenv("VIRTDECK_TEST_CARD");
    return init(card ? parse(card) : options);
}

} // extern "C"
