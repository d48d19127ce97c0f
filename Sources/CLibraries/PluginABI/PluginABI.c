#include "eau_plugin.h"
