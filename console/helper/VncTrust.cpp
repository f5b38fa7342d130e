// SPDX-FileCopyrightText: The VirtDeck authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/helper/VncTrust.h"

#include <dlfcn.h>

#include <string>

namespace {

// As in <gnutls/gnutls.h> (3.7), whose other names are not needed here.
using Credentials = struct gnutls_certificate_credentials_st*;
constexpr int kPem = 1; // GNUTLS_X509_FMT_PEM
constexpr int kUnknown = -1250; // GNUTLS_E_UNIMPLEMENTED_FEATURE

std::string& onlyTrusted()
{
    static std::string file;
    return file;
}

template <typename Function> Function* next(const char* name)
{
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int trustFile(Credentials credentials, const char* file, int format)
{
    auto* real = next<int(Credentials, const char*, int)>("gnutls_certificate_set_x509_trust_file");
    return real ? real(credentials, file, format) : kUnknown;
}

} // namespace

namespace console::helper {

void trustOnly(const char* caFile)
{
    onlyTrusted() = caFile;
}

} // namespace console::helper

// These stand before GnuTLS's own of the same name, for this process alone.
extern "C" {

int gnutls_certificate_set_x509_trust_file(Credentials credentials, const char* file, int format);
int gnutls_certificate_set_x509_system_trust(Credentials credentials);

int gnutls_certificate_set_x509_trust_file(Credentials credentials, const char* file, int format)
{
    if (!onlyTrusted().empty())
        return trustFile(credentials, onlyTrusted().c_str(), kPem);
    return trustFile(credentials, file, format);
}

int gnutls_certificate_set_x509_system_trust(Credentials credentials)
{
    if (!onlyTrusted().empty())
        return trustFile(credentials, onlyTrusted().c_str(), kPem);
    auto* real = next<int(Credentials)>("gnutls_certificate_set_x509_system_trust");
    return real ? real(credentials) : kUnknown;
}

} // extern "C"
