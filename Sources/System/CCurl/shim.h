// libcurl as Swift sees it. Its variadic functions become inline functions of one type each.
// SPDX-License-Identifier: Apache-2.0
#ifndef MEGARAPTOR_CCURL_SHIM_H
#define MEGARAPTOR_CCURL_SHIM_H

#include <curl/curl.h>

#endif
