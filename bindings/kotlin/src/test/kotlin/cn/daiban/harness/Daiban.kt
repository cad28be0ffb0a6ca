package cn.daiban.harness

import java.io.File

/** The server's binary, as the office runs it. */
object Daiban {
    private val binary: String = System.getProperty("daiban.bin") ?: error("-Ddaiban.bin names the server's binary")

    /** Prepares a call on a data folder. */
    fun process(data: File, vararg words: String): ProcessBuilder = ProcessBuilder(listOf(binary, "--data", data.path) + words)

    /** Runs a command to its end and gives what it printed; anything but success fails the test. */
    fun run(data: File, vararg words: String): String {
        val printed = File.createTempFile("daiban", ".out")
        try {
            val process = process(data, *words).redirectErrorStream(true).redirectOutput(printed).start()
            val status = process.ended()
            val text = printed.readText()
            check(status == 0) { "daiban ${words.joinToString(" ")} ended with $status: $text" }
            return text
        } finally {
            printed.delete()
        }
    }
}
