// The toolkit links to one function of opengl32.dll, which makes Windows load
// the system's library before main begins. Here that function is found when it
// is first called, so that takeSoftware can bring in Mesa's library before.

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

typedef PROC(WINAPI *get_proc)(LPCSTR);

static PROC WINAPI late(LPCSTR name) {
	static get_proc get;
	if (get == NULL) {
		HMODULE gl = GetModuleHandleA("opengl32.dll"); // Mesa's, or what GLFW has loaded
		if (gl == NULL) {
			gl = LoadLibraryExA("opengl32.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
		}
		if (gl == NULL) {
			return NULL;
		}
		get = (get_proc)(void *)GetProcAddress(gl, "wglGetProcAddress");
	}
	return get == NULL ? NULL : get(name);
}

// What a program reads that calls wglGetProcAddress of a library.
get_proc __imp_wglGetProcAddress = late;
