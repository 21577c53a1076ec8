import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubeapitest.binary.BinaryManager;
import java.io.File;

/** Lets fabric8's kube-api-test download kube-apiserver, etcd and kubectl: {@code Download <folder> <version, like 1.35.*>}. */
class Download {
    public static void main(String[] args) {
        var config = KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withTestDir(args[0])
                .withApiServerVersion(args[1])
                .build();
        var manager = new BinaryManager(config);
        manager.initAndDownloadIfRequired();
        File kubectl = manager.binaries().getKubectl();
        System.out.println(kubectl.getParent());
    }
}
