package cn.daiban.harness

import java.io.File

/** A phone's process that records until it is killed, and says before and after each save which record it is about. */
object RecordingLoop {
    /** `HOME CASE` */
    @JvmStatic
    fun main(words: Array<String>) {
        val (home, case) = words
        val phone = Phone(File(home))
        while (true) {
            val id = phone.engine.newRecordId()
            println("saving $id")
            phone.log(case, "记录 $id", recordId = id)
            println("saved $id")
        }
    }

    /** Starts one on a phone's folder; nobody else may have it open. */
    fun start(home: File, case: String): Process {
        val java = File(System.getProperty("java.home"), "bin/java").path
        val settings = System.getProperties().stringPropertyNames()
            .filter { it.startsWith("daiban.") || it.startsWith("uniffi.") }
            .map { "-D$it=${System.getProperty(it)}" }
        val command = listOf(java, "-Dfile.encoding=UTF-8") + settings +
            listOf("-cp", System.getProperty("java.class.path"), RecordingLoop::class.java.name, home.path, case)
        return ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start()
    }
}
