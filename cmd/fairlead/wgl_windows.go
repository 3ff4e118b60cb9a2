package main

import "C" // compiles wgl_windows.c
