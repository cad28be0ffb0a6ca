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
    fun start(home: File, case: String): Process =
        OwnProcess.of(RecordingLoop::class.java, home.path, case).redirectError(ProcessBuilder.Redirect.INHERIT).start()
}
