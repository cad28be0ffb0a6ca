package cn.daiban.harness

import java.io.File

/** Programs of the tests that run in a process of their own, on the same classpath and with the same library. */
object OwnProcess {
    /** Prepares the program of a class with a static `main`. */
    fun of(program: Class<*>, vararg words: String): ProcessBuilder {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val settings = System.getProperties().stringPropertyNames()
            .filter { it.startsWith("daiban.") || it.startsWith("uniffi.") }
            .map { "-D$it=${System.getProperty(it)}" }
        val classes = listOf("-Dfile.encoding=UTF-8", "-cp", System.getProperty("java.class.path"))
        return ProcessBuilder(listOf(java) + settings + classes + program.name + words)
    }
}
