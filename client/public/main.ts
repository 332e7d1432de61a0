/** The public screen's entry. */
import '../ui/theme.css';
