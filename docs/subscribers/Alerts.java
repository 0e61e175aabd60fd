// Alerts as they come, from the beginning, filtered by their headers alone: no line of JSON is parsed.
// java -cp "$HOME/.cache/newsmon/kafka-4.1.1/*" docs/subscribers/Alerts.java localhost:9092 [seconds without news to end]
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

public class Alerts {
    public static void main(String[] given) {
        var settings = Map.<String, Object>of("bootstrap.servers", given[0], "enable.auto.commit", false);
        var patience = given.length > 1 ? Duration.ofSeconds(Long.parseLong(given[1])) : Duration.ofDays(365);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor("newsmon.alerts.policy-shift.v1").stream()
                .map(found -> new TopicPartition(found.topic(), found.partition())).toList();
            consumer.assign(partitions); // no group: every subscriber sees everything
            consumer.seekToBeginning(partitions);
            for (var records = consumer.poll(patience); !records.isEmpty(); records = consumer.poll(patience)) {
                for (var record : records) { // the same key again is the same shift, told better
                    var subject = new String(record.headers().lastHeader("ce_subject").value());
                    System.out.println(record.key() + "\t" + subject + "\t" + record.value());
                }
            }
        }
    }
}
