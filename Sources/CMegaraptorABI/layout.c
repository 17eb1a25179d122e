#include "megaraptor_plugin.h"
