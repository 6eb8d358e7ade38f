/** What the command finds in programs of Go and in Kruize. */
import { describe, expect, test } from 'vitest';
import { upstreams } from '../src/upstreams.ts';

const imports = 'import "github.com/spf13/viper"\n';

const inGo = (text: string, path = 'config.go') =>
  upstreams.ingress
    .factsIn([{ path, text }])
    .variables.map(({ at, ...variable }) => (at ? variable : expect.fail('without a place')));

describe('a program of Go', () => {
  test('reads the keys of viper in upper case, with the prefix of the same viper alone', () => {
    const text = `${imports}options.SetEnvPrefix("INGRESS")
options.SetDefault("WebPort", 3000)
options.SetDefault("MaxUploadMem", 1024*1024*8)
options.SetDefault("KafkaBrokers", []string{"kafka:29092"})
options.SetDefault("Hostname", hostname)
options.SetDefault("MaxSizeMap", \`{}\`)
other.SetDefault("Auth", true)
`;
    expect(inGo(text)).toEqual([
      { name: 'AUTH', reader: 'SetDefault', otherwise: 'true' },
      { name: 'INGRESS_HOSTNAME', reader: 'SetDefault', without: 'computed' },
      { name: 'INGRESS_KAFKABROKERS', reader: 'SetDefault', otherwise: 'kafka:29092' },
      { name: 'INGRESS_MAXSIZEMAP', reader: 'SetDefault', otherwise: '{}' },
      { name: 'INGRESS_MAXUPLOADMEM', reader: 'SetDefault', otherwise: '8388608' },
      { name: 'INGRESS_WEBPORT', reader: 'SetDefault', otherwise: '3000' },
    ]);
  });

  test('reads a key by the name that BindEnv gives it, and one without a default where it gets it', () => {
    const text = `${imports}_ = viper.BindEnv("DBHost", "DB_HOST")
viper.SetDefault("DBHost", "localhost")
if viper.IsSet("KafkaCA") {
  Level string \`mapstructure:"LogLevel"\`
`;
    expect(inGo(text)).toEqual([
      { name: 'DB_HOST', reader: 'SetDefault', otherwise: 'localhost' },
      { name: 'KAFKACA', reader: 'IsSet', otherwise: null },
      { name: 'LOGLEVEL', reader: 'mapstructure', otherwise: null },
    ]);
  });

  test('reads variables itself, some by a name that begins with a value', () => {
    const text = 'a := os.Getenv("PORT")\nb, ok := os.LookupEnv(prefix + "_URL")\n';
    expect(inGo(text)).toEqual([
      { name: '*_URL', reader: 'LookupEnv', otherwise: null },
      { name: 'PORT', reader: 'Getenv', otherwise: null },
    ]);
    expect(inGo(text, 'config_test.go')).toEqual([]);
  });
});

test('Kruize sets fields from the names in two classes, and reads others itself', () => {
  const files = {
    'src/KruizeConstants.java': `
    public static final class KRUIZE_CONFIG_ENV_NAME {
        public static final String PLOTS = "plots";
        public static final String K8S_TYPE = "k8stype";
        public static final String THRESHOLD_IN_DAYS = "threshold";
    }
    public static final class OTHER {
        public static final int THRESHOLD_IN_DAYS = 16;
        public static final String NAME = "name";
    }
`,
    'src/KruizeDeploymentInfo.java': `
    public static Boolean plots = true;
    public static String k8s_type;       // ABC
    public static Integer threshold_in_days = THRESHOLD_IN_DAYS;
    public static String topics = System.getenv("TOPICS");
    int port = Integer.parseInt(System.getenv().getOrDefault("SERVER_PORT", "8080"));
`,
    'src/log4j2.properties': 'rootLogger.level = ${env:ROOT_LEVEL}\n',
  };
  const { variables } = upstreams.kruize.factsIn(Object.entries(files).map(([path, text]) => ({ path, text })));
  expect(variables).toEqual([
    { name: 'ROOT_LEVEL', reader: 'Log4j', otherwise: null, at: 'src/log4j2.properties:1' },
    { name: 'SERVER_PORT', reader: 'System.getenv', otherwise: '8080', at: 'src/KruizeDeploymentInfo.java:6' },
    { name: 'TOPICS', reader: 'System.getenv', otherwise: null, at: 'src/KruizeDeploymentInfo.java:5' },
    { name: 'k8stype', reader: 'KruizeDeploymentInfo', otherwise: null, at: 'src/KruizeConstants.java:4' },
    { name: 'plots', reader: 'KruizeDeploymentInfo', otherwise: 'true', at: 'src/KruizeConstants.java:3' },
    { name: 'threshold', reader: 'KruizeDeploymentInfo', otherwise: '16', at: 'src/KruizeConstants.java:5' },
  ]);
});
