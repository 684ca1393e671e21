<?php
/* Prints what WordPress makes of a post without blocks, paragraph by paragraph: `php autop.php <wordpress>`, the post by standard input. */
define( 'ABSPATH', $argv[1] . '/' );
define( 'WPINC', 'wp-includes' );
require ABSPATH . WPINC . '/plugin.php';
require ABSPATH . WPINC . '/formatting.php';
echo wpautop( stream_get_contents( STDIN ) );
